"""The menu and the tabs of a person: one list of (label, route, roles) each."""


def navigation(request):
    return {}
