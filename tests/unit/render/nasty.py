"""Pages whose tags are easily mistaken, each with what a browser finds in them.

``ids`` in document order, ``links`` the values of ``href`` and ``src`` in document order; tests/browser asks Chromium.
"""

from typing import NamedTuple


class Nasty(NamedTuple):
    html: str
    ids: list[str]
    links: list[str]


NASTY = {
    "quotes of all kinds": Nasty(
        "<a href='x'>1</a><a href=y>2</a><a href = \"z\">3</a><p id=q>", ["q"], ["x", "y", "z"]
    ),
    "letters of all sizes": Nasty('<A HREF="x" ID="Big">1</A><IMG SRC=y>', ["Big"], ["x", "y"]),
    "line breaks": Nasty('<a\n  class="c"\n\thref="x"\n>1</a>', [], ["x"]),
    "no space between": Nasty('<a id="i"href="x">1</a><a/href="y"/id="j">2</a>', ["i", "j"], ["x", "y"]),
    "a value that ends in a slash": Nasty("<a href=x/>1</a><img src=y/>", [], ["x/", "y/"]),
    "signs in quotes": Nasty('<a title="a > b" href="x">1</a><b title=\'<a href="no">\' id="i">2</b>', ["i"], ["x"]),
    "a quote that is none": Nasty("<p title=it's>a</p><a href='x'>1</a><p title=5\" id=i>", ["i"], ["x"]),
    "entities": Nasty('<a href="x?a=1&amp;b=2#c&eacute;">1</a><p id="&#x6570;">', ["数"], ["x?a=1&b=2#cé"]),
    "given twice in one tag": Nasty('<a href="x" href="y" id="i" id="j">1</a>', ["i"], ["x"]),
    "no value": Nasty('<a href id>1</a><a href="">2</a>', [], ["", ""]),
    "closed at once": Nasty("<a href=>1</a><p id=i>", ["i"], [""]),
    "a comment": Nasty('<!-- <a href="no" id="no"> --><a href="x">1</a>', [], ["x"]),
    "a comment with a title": Nasty('<!--<title></title>--><title><a href="no"></title><p id="i">', ["i"], []),
    "a short comment": Nasty('<!--><a href="x">1</a><!---><a href="y">2</a> -->', [], ["x", "y"]),
    "a comment ended wrongly": Nasty('<!-- <a href="no"> --!><a href="x">1</a>', [], ["x"]),
    "a comment without an end": Nasty('<p id="i"><!-- <a href="no">', ["i"], []),
    "a title": Nasty('<title><a href="no"> &amp; <!-- </title><p id="i">', ["i"], []),
    "a script": Nasty('<script>if (a<b) { x = "<a href=\'no\' id=no>"; }</script><p id="i">', ["i"], []),
    "a script with data": Nasty(
        '<script type="application/ld+json">{"a": "<p id=\\"no\\">"}</script><p id="i">', ["i"], []
    ),
    "two scripts": Nasty("<script>1</script><script>'<p id=no>'</script><p id='i'>", ["i"], []),
    "a style sheet": Nasty('<style>p::before { content: "<a id=no>"; }</style><p id="i">', ["i"], []),
    "a text field": Nasty('<textarea id="i"><a href="no" id="no"></textarea><p id="j">', ["i", "j"], []),
    "an almost closed element": Nasty("<title></titles><p id=no></title ><p id=i>", ["i"], []),
    "an inert template": Nasty('<template id="i"><a href="no" id="no"></template><p id="j">', ["i", "j"], []),
    "code that is shown": Nasty('<code>&lt;a href="no" id="no"&gt;</code> href="no" <a href="x">1</a>', [], ["x"]),
    "signs of mathematics": Nasty("1 < 2 <3 a<b id='no'> <a href=x>1</a>", ["no"], ["x"]),
    "not XML": Nasty('<br/><img id="i" src="x"/><p id="j" />', ["i", "j"], ["x"]),
    "not a comment": Nasty('<!doctype html><?xml <a id="no">?><a href="x">1</a><!x <p id=no> <p id=i>', ["i"], ["x"]),
    "quotes without an end": Nasty('<p id=i><a href="x> <p id=no>', ["i"], []),
    "a tag without an end": Nasty('<a href="x">1</a><a href="no"', [], ["x"]),
    "characters of other planes": Nasty('<p id="𠮷"><a href="字.html#𠮷">1</a>', ["𠮷"], ["字.html#𠮷"]),
    "names with colons": Nasty('<p id="fn:1"><a href="#fn:1" data-href="no" data-id="no">1</a>', ["fn:1"], ["#fn:1"]),
}
