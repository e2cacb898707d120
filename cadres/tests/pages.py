"""Reading the portal's pages in tests: who asks, and what stands in the table."""

from html.parser import HTMLParser
from urllib.parse import urlencode

from accounts.models import Role
from accounts.tests.factories import make_user

ON = "2023-06-08"
LIST = "/can-bo/"
_BLOCKS = {"div", "p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "label", "legend", "option"}


def signed_in(client, role=Role.DISTRICT_HR, **fields):
    """Sign `client` in as a new account of `role`; return the account."""
    user = make_user(role, **fields)
    client.force_login(user, "accounts.backends.WithCommune")
    return user


def list_url(**query):
    """The list on 08/06/2023 unless another day is asked for."""
    return f"{LIST}?{urlencode({'ngay': ON, **query}, doseq=True)}"


class _Tables(HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows, self._cell = [], None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None


def lines_of(response):
    """The rows of the page's tables below their heads, as dictionaries by head; rows of one cell
    head a group and are passed over, as are columns without a head (boxes to tick)."""
    reader = _Tables()
    reader.feed(response.content.decode())
    found, heads = [], []
    for row in reader.rows:
        if heads and len(row) == len(heads) and row != heads:
            found.append({head: cell for head, cell in zip(heads, row, strict=True) if head})
        elif len(row) > 1:
            heads = row
    return found


def names_of(response):
    """The names in the people list, in its order."""
    return [line["Họ và tên"] for line in lines_of(response)]


class _Words(HTMLParser):
    text = ""

    def handle_starttag(self, tag, attrs):
        if tag in _BLOCKS:
            self.text += " "

    def handle_data(self, data):
        self.text += data


def words_of(response):
    """The page's text with spaces collapsed."""
    reader = _Words()
    reader.feed(response.content.decode())
    return " ".join(reader.text.split())
