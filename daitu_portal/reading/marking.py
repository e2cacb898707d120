class Mark: pass
def marked_copy(*a,**k): pass
