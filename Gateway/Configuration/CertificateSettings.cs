using System.Security.Cryptography.X509Certificates;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>A certificate file that exists, and the password it opens with, if it has one.</summary>
public sealed record CertificateSettings(string Path, string? Password)
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is no such file, or the password is another.</exception>
    public X509Certificate2 Load() => X509CertificateLoader.LoadPkcs12FromFile(Path, Password);

    /// <summary>The path alone; a password never ends up in a log.</summary>
    public override string ToString() => Path;
}
