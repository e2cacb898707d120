from daitu_portal.text import fold
from intake.rules.repairs import CannotHeal, Healed, RepairKind
def post_codes(text,*,posts,commune_kind):
    k=fold(text)
    if k in posts: return [Healed(posts[k],(RepairKind.POST,))]
    raise CannotHeal('post?','x',is_question=True)
def commune_code(text,*,units):
    k=fold(text)
    for c,v in sorted(units.items(), key=lambda p: -len(p[0])):
        if k==c or k.endswith(c): return Healed(v[0],(RepairKind.COMMUNE,))
    raise CannotHeal('unit?','x',is_question=True)
def people_name(text): return Healed(text.strip())
def rating_label(text): return Healed(text)
def religion_name(text): return Healed(text)
def sex_label(text): return Healed({'nam':'Nam','nu':'Nữ'}.get(fold(text),text))
def is_mark(text): return text.strip().lower() in ('x','v','✓')
def heal_choice(text,labels): return Healed(text)
