"""What there is in the lab's internet: networks, servers, zones, certificates and web sites. Data alone.

`velo.rent` is what is watched. Of the possible status pages, `apart.test` shares nothing with it; each of the others
shares one thing, or has one fault, and is named for it. The addresses are those that are kept for trials (RFC 2544,
RFC 3849) and lead nowhere; third number: the network.
"""

from tests.lab.kinds import CLOUD, SOUTH, Answer, NameServer, Paper, Server, Site, Zone, at

TOP = ("test.", "example.", "com.", "de.", "app.", "rent.", "bike.")
HOUR, DAY = 3600, 86400

AS = {0: 64496, 1: 64497, 2: 64498, 10: 64500, 11: 64500, 12: 64500, 13: 64506, 20: 64501, 21: 64501,
      30: 64502, 31: 64502, 40: 64503, 50: 13335, 60: 64505}  # fmt: skip
"""Network to the AS that announces it, as `origin.asn.cymru.com` tells. One is that of a real network for many."""

ROOT = (NameServer("a.root.", 0),)
FIRST_REGISTRY = (NameServer("ns.nic.rent.", 1),)
SECOND_REGISTRY = (NameServer("ns.nic.test.", 2),)
NORTH = (NameServer("ns1.norddns.example.", 10), NameServer("ns2.norddns.example.", 11))
OWN = (NameServer("ns.velo.rent.", 13),)
COUSIN = (NameServer("ns.cousindns.test.", 12),)
DEAD = NameServer("dead.trouble.example.", 60, 1, "nothing")
SILENT = NameServer("silent.trouble.example.", 60, 2, "silent")
SLOW = NameServer("slow.trouble.example.", 60, 3, "slow")
LYING = NameServer("lying.trouble.example.", 60, 4, "lying")
GARBAGE = NameServer("garbage.trouble.example.", 60, 5, "garbage")
REFUSED = NameServer("refused.trouble.example.", 60, 6, "refused")
NAME_SERVERS = (*ROOT, *FIRST_REGISTRY, *SECOND_REGISTRY, *NORTH, *OWN, *COUSIN, *SOUTH,
                DEAD, SILENT, SLOW, LYING, GARBAGE, REFUSED)  # fmt: skip
REAL_BEHIND = SOUTH[0]
"""Who knows what a slow or lying server is asked: it passes questions on."""
LYING_RESOLVER = Server("lying.resolver.", 0, 54)
"""Has an address for every name, as some providers do; else it says what the resolver says."""

WORKSHOP = Server("workshop", 30, 20)
NEIGHBOUR = Server("neighbour", 30, 21)
SAME_HOUSE = Server("same-house", 31, 20)
EDGE = Server("edge", 50, 20)
MUTE = Server("mute", 40, 66)
"""Takes every connection and never says a word."""
WEB_SERVERS = (WORKSHOP, NEIGHBOUR, SAME_HOUSE, CLOUD, EDGE, MUTE)
EMPTY = Server("empty", 40, 99)
"""An address at which nobody listens."""


# What is watched.
VELO = Paper(("velo.rent", "*.velo.rent", "same-paper.test"), "first", key="velo")
HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
_VELO_RECORDS = (
    at(WORKSHOP, "@", "www", "app", "status")
    + "shop CNAME velo.edge.example.\n"
    + '@ CAA 0 issue "first.example"\n@ MX 10 mail\n'
    + at(WORKSHOP, "mail")
)


def page(*loads: str) -> Answer:
    return Answer(f"<!doctype html><html lang=de><title>Status</title>{''.join(loads)}<p>Alles läuft.")


def _moved(target: str) -> Answer:
    return Answer("", 302, {"Location": target})


_VELO_ANSWERS = {
    "/": Answer(headers=HSTS), "/logo.svg": Answer("<svg xmlns='…'/>"), "/away": _moved("https://apart.test/"),
}  # fmt: skip
SITES = (
    *(Site(host, WORKSHOP, VELO, _VELO_ANSWERS) for host in ("velo.rent", "www.velo.rent", "app.velo.rent",
                                                             "status.velo.rent")),
    Site("shop.velo.rent", EDGE, VELO),
    # Status pages: one that stands alone …
    Site("apart.test"),
    Site("velorent-status.netlify.app"),
    Site("other-tenant.netlify.app"),
    # … those that share one thing …
    Site("apart.rent"),
    Site("apart.bike"),
    Site("same-operator.test"),
    Site("same-operator-as.test"),
    Site("same-address.test", WORKSHOP),
    Site("same-network.test", NEIGHBOUR),
    Site("same-as.test", SAME_HOUSE),
    Site("same-cdn.test", EDGE),
    Site("www.cname-cdn.test", EDGE),
    Site("www.cname-into.test", WORKSHOP),
    Site("same-paper.test", paper=VELO),
    Site("same-key.test", paper=Paper(("same-key.test",), key="velo")),
    Site("same-ca.test", paper=Paper(("same-ca.test",), "first")),
    Site("loads.test", answers={"/": page('<script src="https://app.velo.rent/count.js"></script>')}),
    Site("loads-in-css.test", answers={
        "/": page('<link rel="stylesheet" href="/style.css">'),
        "/style.css": Answer("p{background:url(https://www.velo.rent/logo.svg)}", headers={"Content-Type": "text/css"}),
    }),
    Site("redirects.test", answers={"/": _moved("https://app.velo.rent/")}),
    Site("redirects-through.test", answers={"/": _moved("https://www.velo.rent/away")}),
    Site("delegation.test"),
    # … and those with a fault.
    Site("expired-paper.test", paper=Paper(("expired-paper.test",), ends_in=-3)),
    Site("old-paper.test", paper=Paper(("old-paper.test",), ends_in=3)),
    Site("foreign-paper.test", paper=Paper(("somebody-else.test",))),
    Site("unknown-ca.test", paper=Paper(("unknown-ca.test",), "unknown")),
    Site("redirect-loop.test", answers={"/": _moved("/again"), "/again": _moved("/")}),
    *(Site(f"{how}.test", answers={"/": Answer(how=how)}) for how in ("silent", "endless", "garbage", "trickle")),
    *(Site(host) for host in (
        "slow-dns.test", "lying-dns.test", "half-lame.test", "half-dead.test", "unsigned.test",
        "expired-signature.test", "wrong-key.test", "wild.test", "forgetful.test", "stubborn.test", "many.test",
    )),
)  # fmt: skip


def _tests() -> tuple[Zone, ...]:
    """A zone for each site below `.test` that has none of its own below."""
    hosts = [site for site in SITES if site.host.endswith(".test")]
    return tuple(Zone(f"{site.host}.", at(site.web)) for site in hosts if f"{site.host}." not in _SPECIAL
                 and not site.host.startswith("www."))  # fmt: skip


_HERE = at(CLOUD)
_SPECIAL = {zone.name: zone for zone in (
    Zone("same-operator.test.", _HERE, NORTH),
    Zone("same-operator-as.test.", _HERE, COUSIN),
    Zone("delegation.test.", _HERE, OWN),
    Zone("cname-cdn.test.", "www CNAME status.edge.example.\n"),
    Zone("cname-into.test.", "www CNAME pages.cname-into.test.\npages CNAME status.velo.rent.\n"),
    Zone("dead-dns.test.", _HERE, (DEAD,), ()),
    Zone("half-dead.test.", _HERE, (SOUTH[0], DEAD), (SOUTH[0],)),
    Zone("silent-dns.test.", _HERE, (SILENT,), ()),
    Zone("slow-dns.test.", _HERE, (SLOW,), (REAL_BEHIND,), signed="no"),
    Zone("lying-dns.test.", _HERE, (SOUTH[0], LYING), (SOUTH[0],), signed="no"),
    Zone("garbage-dns.test.", _HERE, (GARBAGE,), ()),
    Zone("refused-dns.test.", _HERE, (REFUSED,), ()),
    Zone("lame.test.", _HERE, COUSIN, ()),
    Zone("half-lame.test.", _HERE, (*SOUTH, *COUSIN), SOUTH),
    Zone("servfail.test.", broken=True),
    Zone("nodata.test.", '@ TXT "no address here"\n'),
    Zone("cname-loop.test.", "www CNAME one\none CNAME two\ntwo CNAME one\n"),
    Zone("ns-loop-a.test.", _HERE, (NameServer("ns.ns-loop-b.test.", 60, 90, "nothing"),), (), signed="no", glue=False),
    Zone("ns-loop-b.test.", _HERE, (NameServer("ns.ns-loop-a.test.", 60, 91, "nothing"),), (), signed="no", glue=False),
    Zone("unsigned.test.", _HERE, signed="no"),
    Zone("expired-signature.test.", _HERE, signed="expired"),
    Zone("wrong-key.test.", _HERE, signed="other key"),
    Zone("wild.test.", _HERE + at(CLOUD, "*")),
    Zone("forgetful.test.", _HERE, negative=1),
    Zone("stubborn.test.", _HERE, negative=DAY),
    Zone("many.test.", _HERE + "".join(f'@ CAA 0 issue "authority-{number:03}.example"\n' for number in range(90))),
    Zone("empty.test.", at(EMPTY)),
    Zone("mute.test.", at(MUTE)),
)}  # fmt: skip
_REGISTRY = {"rent.": FIRST_REGISTRY, "bike.": FIRST_REGISTRY}

ZONES = (
    Zone(".", ROOT[0].records, ROOT),
    *(Zone(name, servers=_REGISTRY.get(name, SECOND_REGISTRY)) for name in TOP),
    Zone("asn.cymru.com.", signed="no"),
    Zone("norddns.example.", servers=NORTH),
    Zone("suddns.test."),
    Zone("cousindns.test.", servers=COUSIN),
    Zone("trouble.example."),
    Zone("edge.example.", at(EDGE, "velo", "status")),
    Zone("velo.rent.", _VELO_RECORDS, NORTH, negative=3 * HOUR),
    Zone("netlify.app.", at(CLOUD, "velorent-status", "other-tenant")),
    Zone("apart.rent.", _HERE),
    Zone("apart.bike.", _HERE),
    *_SPECIAL.values(),
    *_tests(),
)
