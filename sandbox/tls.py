"""The optional TLS front: an authority of this sandbox's own, its certificate, and the bundle that clients trust."""

import datetime
import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.state import write_private

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

# Read by requests (databricks-sdk, mlflow), by ssl (openai, mcp, databricks-sql-connector) and by gRPC (Connect).
TRUST = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH")
NAMES = ("localhost", "127.0.0.1", "::1")
_YEARS, _DAYS, _RENEW_DAYS = 10, 397, 30


@dataclass(frozen=True)
class Certificates:
    """The files of the TLS front; keys are readable by their owner only."""

    folder: Path

    @property
    def authority(self) -> Path:
        """The certificate of the authority."""
        return self.folder / "ca.pem"

    @property
    def certificate(self) -> Path:
        """The certificate that the gateway shows."""
        return self.folder / "server.pem"

    @property
    def key(self) -> Path:
        """The key to it."""
        return self.folder / "server.key"

    @property
    def bundle(self) -> Path:
        """The authority together with those that clients trust anyway."""
        return self.folder / "bundle.pem"

    def trust(self) -> dict[str, str]:
        """The variables that make every official client trust the gateway."""
        return dict.fromkeys(TRUST, str(self.bundle))


def prepare(folder: Path, names: Sequence[str], environment: Mapping[str, str]) -> Certificates:
    """The certificates, made or renewed where that is due."""
    files = Certificates(folder)
    folder.mkdir(mode=0o700, exist_ok=True)
    wanted = sorted({*NAMES, *(name.partition(":")[0] for name in names)})
    if not _fresh(files, wanted):
        _make(files, wanted)
    trusted = _trusted(environment, files.bundle).read_bytes()
    write_private(files.bundle, trusted.rstrip() + b"\n" + files.authority.read_bytes())
    return files


def _trusted(environment: Mapping[str, str], own: Path) -> Path:
    """The bundle that clients would use without us: the user's own, else the one that requests brings."""
    import certifi

    for name in TRUST:
        told = Path(environment.get(name) or own)
        if told != own and told.is_file():
            return told
    return Path(certifi.where())


def _fresh(files: Certificates, names: Sequence[str]) -> bool:
    from cryptography import x509

    if not all(file.exists() for file in (files.authority, files.certificate, files.key)):
        return False
    shown = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    due = shown.not_valid_after_utc - datetime.timedelta(days=_RENEW_DAYS)
    named = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return due > _now() and set(named) == set(_alternatives(names))


def _make(files: Certificates, names: Sequence[str]) -> None:
    """A new authority signs once, then its key is gone: nobody can ever sign with it again."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import ExtendedKeyUsageOID

    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer, name = _named("sandbricks local authority"), _named("sandbricks")
    authority = (
        _blank(issuer, issuer, authority_key, 365 * _YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority_key, _sha256())
    )
    certificate = (
        _blank(name, issuer, key, _DAYS)
        .add_extension(x509.SubjectAlternativeName(_alternatives(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, _sha256())
    )
    write_private(files.key, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    write_private(files.authority, authority.public_bytes(Encoding.PEM))
    write_private(files.certificate, certificate.public_bytes(Encoding.PEM))


def _blank(
    subject: "x509.Name", issuer: "x509.Name", key: "EllipticCurvePrivateKey", days: int
) -> "x509.CertificateBuilder":
    from cryptography import x509

    begin = _now() - datetime.timedelta(hours=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _alternatives(names: Sequence[str]) -> list["x509.GeneralName"]:
    from cryptography import x509

    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            found.append(x509.DNSName(name))
    return found


def _named(text: str) -> "x509.Name":
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _sha256() -> "hashes.SHA256":
    from cryptography.hazmat.primitives import hashes

    return hashes.SHA256()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
