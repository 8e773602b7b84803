using System.Security.Cryptography.X509Certificates;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// A certificate file that exists, with its key and those who vouch for it: a .pfx file, or PEM as ACME clients write it, the key in the same file or in
/// one of its own.
/// </summary>
/// <param name="Password">That the file, or in PEM its key, opens with; null: none.</param>
/// <param name="KeyPath">PEM only: where the key is; null: in the same file.</param>
public sealed record CertificateSettings(string Path, string? Password, string? KeyPath = null)
{
    /// <param name="chain">What a peer needs besides, to trust it.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is no such file, it has no key, or the password is another.</exception>
    public X509Certificate2 Load(out X509Certificate2Collection chain)
    {
        if (!IsPem())
        {
            chain = X509CertificateLoader.LoadPkcs12CollectionFromFile(Path, Password);
            return X509CertificateLoader.LoadPkcs12FromFile(Path, Password); // The one of them that has the key.
        }

        chain = [];
        chain.ImportFromPemFile(Path);
        using var certificate = Password is null
            ? X509Certificate2.CreateFromPemFile(Path, KeyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(Path, Password, KeyPath);
        // Not every system's TLS takes a key that was never in a store.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    /// <summary>The path alone; a password never ends up in a log.</summary>
    public override string ToString() => Path;

    private bool IsPem() => File.ReadAllText(Path).Contains("-----BEGIN ", StringComparison.Ordinal);
}
