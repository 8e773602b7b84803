using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A certificate in a PFX file, and in PEM files where they are asked for, for as long as a test runs.</summary>
public sealed class TestCertificate : IDisposable
{
    public const string Password = "test";

    private readonly string _folder = Directory.CreateTempSubdirectory("mmo-certificate-").FullName;
    private readonly string _certificatePem;
    private readonly string _keyPem;

    public TestCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Thumbprint = certificate.Thumbprint;
        (_certificatePem, _keyPem) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(Path, certificate.Export(X509ContentType.Pfx, Password));
    }

    public string Path => In("certificate.pfx");

    public string Thumbprint { get; }

    /// <summary>Writes it as PEM, behind it who vouches for it; the file's path.</summary>
    public string InPem(bool withKey, TestCertificate? issuer = null) =>
        Written(withKey ? "whole.pem" : "bare.pem", $"{_certificatePem}\n{issuer?._certificatePem}\n{(withKey ? _keyPem : "")}\n");

    /// <summary>Writes it as PFX, and who vouches for it as well; the file's path.</summary>
    public string InPfxWith(TestCertificate issuer)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(Path, Password, X509KeyStorageFlags.Exportable);
        all.Add(X509Certificate2.CreateFromPem(issuer._certificatePem));
        File.WriteAllBytes(In("chain.pfx"), all.Export(X509ContentType.Pfx, Password)!);
        return In("chain.pfx");
    }

    /// <summary>Writes its key as PEM; the file's path.</summary>
    public string KeyInPem() => Written("key.pem", _keyPem);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string file) => System.IO.Path.Combine(_folder, file);

    private string Written(string file, string text)
    {
        File.WriteAllText(In(file), text);
        return In(file);
    }
}
