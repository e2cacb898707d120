"""Every day, month and year, written in every way: healing gives it back or asks, never another."""

from calendar import monthrange
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from intake.rules.day_texts import heal_day
from intake.rules.day_uses import BIRTH, DayUse
from intake.rules.period_texts import heal_period
from intake.rules.repairs import CannotHeal, Healed, HealedParts

TODAY = date(2023, 6, 8)
ANY_CENTURY = DayUse(130, 0)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
EPOCH = date(1899, 12, 30)

WHOLE = [  # a day told in full: never to be asked, but for `ASKED`
    "{0:%d/%m/%Y}", "{d}/{m}/{0:%Y}", "{d}-{m}-{0:%Y}", "{d}.{m}.{0:%Y}", " {d} / {m} / {0:%Y} ",
    "{0:%Y-%m-%d}", "{0:%Y-%m-%d} 00:00:00", "ngày {d} tháng {m} năm {0:%Y}",
    "{0:%d} tháng {0:%m}, {0:%Y}", "sinh ngày {d}/{m}/{0:%Y}.", "'{0:%d/%m/%Y}", "{d}//{m}/{0:%Y}",
    "{d}\\{m}\\{0:%Y}", "{0:%d%m%Y}", "{d}-{mmm}-{0:%Y}", "{d}/{m} năm {0:%Y}",
    "{0:%d} {0:%m} {0:%Y}", "{d},{m},{0:%Y}",
]  # fmt: skip
SHORT = ["{d}/{m}/{0:%y}", "{d}-{m}-{0:%y}", "{d}.{m}.{0:%y}.", "{d}-{mmm}-{0:%y}"]
MONTH = ["{0:%m/%Y}", "{m}/{0:%Y}", "{m}-{0:%Y}", "T{m}/{0:%Y}", "tháng {m} năm {0:%Y}",
         "…/{m}/{0:%Y}", "00/{0:%m/%Y}", "--/{m}/{0:%Y}", "{0:%Y-%m}", "{mmm} {0:%Y}"]  # fmt: skip
YEAR = ["{0:%Y}", "năm {0:%Y}", "SN {0:%Y}", "…/…/{0:%Y}", "00/00/{0:%Y}", "../../{0:%Y}"]
DOUBTFUL = ["{0:%d%m%y}", "{d}{m}{0:%Y}", "{0:%m%Y}", "{m}/{0:%y}", "{0:%Y%m}", "{mmm}-{0:%y}"]

births = st.dates(date(1938, 1, 1), date(2007, 12, 31))


def written(form, day):
    return form.format(day, d=day.day, m=day.month, mmm=MONTHS[day.month - 1])


def healed(value, kind="text", use=BIRTH):
    """What is healed, or None where it is asked; a refusal fails the test."""
    try:
        return heal_day(value, kind, "General", use=use, today=TODAY).value
    except CannotHeal as problem:
        if not problem.is_question:
            raise
        return None


@given(births, st.sampled_from(WHOLE + SHORT))
def test_a_day_comes_back_from_every_way_of_writing_it(day, form):
    assert healed(written(form, day)) == f"{day:%d/%m/%Y}"


@given(births, st.sampled_from(MONTH))
def test_a_month_comes_back_from_every_way_of_writing_it(day, form):
    assert healed(written(form, day)) == f"{day:%m/%Y}"


@given(births, st.sampled_from(YEAR))
def test_a_year_comes_back_from_every_way_of_writing_it(day, form):
    assert healed(written(form, day)) == f"{day:%Y}"


@given(births, st.sampled_from(DOUBTFUL))
def test_what_may_mean_several_days_comes_back_or_is_asked(day, form):
    told = (
        f"{day:%d/%m/%Y}" if "d" in form.replace("%d", "d").replace("mmm", "") else f"{day:%m/%Y}"
    )

    assert healed(written(form, day)) in (told, None)


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(SHORT))
def test_a_short_year_of_two_centuries_comes_back_or_is_asked(day, form):
    assert healed(written(form, day), use=ANY_CENTURY) in (f"{day:%d/%m/%Y}", None)


@given(births)
def test_a_number_of_excel_comes_back_or_is_asked(day):
    serial = (day - EPOCH).days

    assert healed(serial, "number") in (f"{day:%d/%m/%Y}", None)
    assert healed(float(serial), "number") in (f"{day:%d/%m/%Y}", None)
    assert healed(str(serial)) in (f"{day:%d/%m/%Y}", None)


@given(births)
def test_digits_as_a_number_come_back_or_are_asked(day):
    for number in (int(f"{day:%d%m%Y}"), int(f"{day:%d%m%y}")):
        assert healed(number, "number") in (f"{day:%d/%m/%Y}", None)
    assert healed(float(f"{day.month}.{day:%Y}"), "number") in (f"{day:%m/%Y}", None)


@given(births)
def test_letters_for_digits_change_nothing(day):
    text = f"{day:%d/%m/%Y}".replace("0", "O").replace("1", "l")

    assert healed(text) in (f"{day:%d/%m/%Y}", None)


@given(st.integers(1938, 2007), st.integers(0, 99), st.integers(0, 99))
def test_an_impossible_day_never_becomes_a_day(year, month, number):
    is_real = 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]
    is_partial = number == 0 and month <= 12
    for text in (f"{number:02d}/{month:02d}/{year}", f"{number}-{month}-{year % 100:02d}",
                 f"ngày {number} tháng {month} năm {year}"):  # fmt: skip
        try:
            day = heal_day(text, "text", "@", use=BIRTH, today=TODAY)
        except CannotHeal:
            assert not is_real
        else:
            assert is_real or is_partial, (text, day)


@given(st.text(alphabet="0123456789/-. …tTngàyámlOo", max_size=14))
def test_whatever_is_typed_is_healed_asked_or_refused(text):
    try:
        found = heal_day(text, "text", "@", use=BIRTH, today=TODAY)
    except CannotHeal:
        return
    assert isinstance(found, Healed)


@given(st.text(alphabet="0123456789/-– từđếnay.", max_size=24))
def test_whatever_period_is_typed_is_healed_asked_or_refused(text):
    try:
        found = heal_period(text, "text", "@", today=TODAY)
    except CannotHeal:
        return
    assert isinstance(found, HealedParts)


PERIODS = [("{} - {}", "/"), ("{}-{}", "/"), ("{} – {}", "/"), ("từ {} đến {}", "/"),
           ("Từ ngày {} đến hết ngày {}", "/"), ("{} - {}", "-"), ("{} đến {}", "-"),
           ("{}-{}", ".")]  # fmt: skip
held = st.dates(date(1990, 1, 1), date(2023, 6, 8))


@given(held, held, st.sampled_from(PERIODS), st.sampled_from(["%d{0}%m{0}%Y", "%m{0}%Y", "%Y"]))
def test_a_period_comes_back_or_is_asked(one, other, form, precision):
    first, last = sorted((one, other))
    pattern, mark = form
    told = [f"{day:{precision.format(mark)}}" for day in (first, last)]
    text = pattern.format(*told)

    try:
        found = heal_period(text, "text", "@", today=TODAY)
    except CannotHeal as problem:
        if not problem.is_question:
            raise
        return
    assert list(found.values.values()) == [each.replace(mark, "/") for each in told]
