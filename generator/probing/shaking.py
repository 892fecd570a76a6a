"""TLS: what a server shows when it is greeted by a name, and whether a browser would take it."""

import asyncio
import hashlib
import ssl

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtensionOID, NameOID

from generator.independence.evidence import Certificate
from generator.probing.waiting import Patience, Unheard


def careless() -> ssl.SSLContext:
    """Greets anybody: what is shown is looked at, not trusted."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def fetch_certificate(patience: Patience, ips: tuple[str, ...], port: int, host: str) -> Certificate:
    """The certificate for `host` at the first address that has one. Raises Unheard."""
    trouble = Unheard("no_address", host)
    for ip in ips[:4]:
        try:
            shown = await _greet(patience, ip, port, host, careless())
            return _read(shown, await _distrust(patience, ip, port, host))
        except Unheard as unheard:
            trouble = unheard
    raise trouble


async def _greet(patience: Patience, ip: str, port: int, host: str, context: ssl.SSLContext) -> bytes:
    """The certificate in DER."""
    async with patience.one_step(factor=2):
        _, writer = await asyncio.open_connection(ip, port, ssl=context, server_hostname=host)
        try:
            shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        finally:
            writer.transport.abort()
    return bytes(shown or b"")


async def _distrust(patience: Patience, ip: str, port: int, host: str) -> str:
    """Why a browser would refuse the certificate; nothing if it would not. Raises Unheard."""
    try:
        await _greet(patience, ip, port, host, ssl.create_default_context())
    except Unheard as unheard:
        if unheard.why.reason != "tls":
            raise
        return unheard.why.detail or "tls"
    return ""


def _read(der: bytes, trouble: str) -> Certificate:
    try:
        shown = x509.load_der_x509_certificate(der)
        key = shown.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        issuer, names = _issuer(shown), _names(shown)
    except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension):
        raise Unheard("malformed", "X.509") from None
    return Certificate(_digest(der), _digest(key), names, issuer, shown.not_valid_after_utc, trouble)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _issuer(shown: x509.Certificate) -> str:
    """The authority: its organization, else its own name."""
    for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for attribute in shown.issuer.get_attributes_for_oid(kind):
            return str(attribute.value)
    return shown.issuer.rfc4514_string() or "–"


def _names(shown: x509.Certificate) -> frozenset[str]:
    """Every host that it is for, in small letters, addresses included."""
    try:
        found = shown.extensions.get_extension_for_oid(ExtensionOID.SUBJECT_ALTERNATIVE_NAME).value
    except x509.ExtensionNotFound:
        return frozenset()
    assert isinstance(found, x509.SubjectAlternativeName)  # noqa: S101 - what this OID stands for
    names = (*found.get_values_for_type(x509.DNSName), *found.get_values_for_type(x509.IPAddress))
    return frozenset(str(name).lower().rstrip(".") for name in names)
