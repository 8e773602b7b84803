using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A PFX file of its own, for as long as a test runs.</summary>
public sealed class TestCertificate : IDisposable
{
    public const string Password = "test";

    public TestCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(Path, certificate.Export(X509ContentType.Pfx, Password));
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.pfx");

    public void Dispose() => File.Delete(Path);
}
