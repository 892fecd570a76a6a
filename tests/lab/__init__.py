"""A small internet of the tests' own, on one machine and cut off from every other.

It lives in a network namespace that has nothing but `lo`, and on it all the addresses of `world.py`: a root, top-level
domains of two registries, two DNS operators with real name servers (NSD), a validating resolver (Unbound) that knows
this root alone, web servers with real TLS, two certificate authorities, the networks' AS numbers as
`origin.asn.cymru.com` tells them, and a few servers that misbehave. What is where is data, in `world.py`.

    def test_something(lab: Lab) -> None:
        done = lab.run(["incidents", ...])      # a program inside; it sees no other internet
        with lab.removed("app.velo.rent."):     # its zone is put back at the end of the block
            lab.forget()                        # what the resolver remembers
            assert lab.ask("app.velo.rent").rcode == "NXDOMAIN"

It needs Linux, `ip`, `nsd` and `unbound`; where something is missing, or no namespace may be made, the tests are
skipped and say why. Root is not needed where the kernel lets users make namespaces. Everything in it ends with the
process that made it, however that ends: the namespace's first process reads from a pipe to us, and the others die
with it.

`world.py` what there is, and `kinds.py` of what kinds · `zones.py` zones as files, signed · `papers.py` certificates ·
`space.py` the namespace · `servers.py` NSD, Unbound and ours · `lab.py` all of it running, and what can be changed.
Programs that run inside: `web.py` (a web host), `twisted.py` (a name server that misbehaves), `ask.py` (a question).
"""

from tests.lab.lab import Lab, Reply, laboratory
from tests.lab.space import Space, why_not

__all__ = ["Lab", "Reply", "Space", "laboratory", "why_not"]
