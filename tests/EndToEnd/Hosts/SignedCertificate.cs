using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>
/// A certificate for localhost as an operator gets one, for as long as a test runs: an authority that only the test knows signed the issuer, and that
/// one the certificate. A client that trusts the authority needs the issuer besides, from the server.
/// </summary>
public sealed class SignedCertificate : IDisposable
{
    private const string Password = "opens the key";

    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset To = DateTimeOffset.UtcNow.AddDays(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("mmo-signed-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _issuer;
    private readonly X509Certificate2 _certificate;

    public SignedCertificate()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Issuing("CN=authority of a test", authorityKey).CreateSelfSigned(From, To);
        _issuer = Issuing("CN=issuer of a test", issuerKey).Create(authority, From, To, [1]);
        using var issuer = _issuer.CopyWithPrivateKey(issuerKey);
        using var signed = ForLocalhost(_key).Create(issuer, From, To, [2]);
        _certificate = signed.CopyWithPrivateKey(_key);
        Authority = Written("authority.pem", authority.ExportCertificatePem());
    }

    /// <summary>Whom a client has to trust: a PEM file.</summary>
    public string Authority { get; }

    /// <summary>The settings of a host that finds the certificate in this form.</summary>
    public string[] Settings(CertificateForm form) => form switch
    {
        CertificateForm.Pfx => ["-webSocketCertPath", Pfx(), "-webSocketCertPassword", Password],
        CertificateForm.PemWithItsKey => ["-webSocketCertPath", Written("whole.pem", $"{Chain}\n{_key.ExportPkcs8PrivateKeyPem()}")],
        CertificateForm.PemBesideItsKey => ["-webSocketCertPath", Written("chain.pem", Chain), "-webSocketCertKeyPath", Written("key.pem", _key.ExportPkcs8PrivateKeyPem())],
        CertificateForm.PemBesideItsEncryptedKey =>
            ["-webSocketCertPath", Written("chain.pem", Chain), "-webSocketCertKeyPath", Written("key.pem", EncryptedKey()), "-webSocketCertPassword", Password],
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    public void Dispose()
    {
        _issuer.Dispose();
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Chain => $"{_certificate.ExportCertificatePem()}\n{_issuer.ExportCertificatePem()}";

    private string EncryptedKey() =>
        _key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000));

    private string Pfx()
    {
        var path = Path.Combine(_folder, "certificate.pfx");
        File.WriteAllBytes(path, new X509Certificate2Collection { _certificate, _issuer }.Export(X509ContentType.Pfx, Password)!);
        return path;
    }

    private string Written(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        File.WriteAllText(path, text);
        return path;
    }

    private static CertificateRequest Issuing(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    private static CertificateRequest ForLocalhost(ECDsa key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}

/// <summary>How an operator keeps a certificate, those who vouch for it, and its key.</summary>
public enum CertificateForm
{
    /// <summary>All in one file that a password opens.</summary>
    Pfx,

    /// <summary>PEM, the key in the same file.</summary>
    PemWithItsKey,

    /// <summary>PEM, the key in a file of its own.</summary>
    PemBesideItsKey,

    /// <summary>PEM, the key in a file of its own that a password opens.</summary>
    PemBesideItsEncryptedKey,
}
