using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MmoOrleans.Grains.Secrets;

/// <summary>
/// The SHA-256 of a secret, in base64url. A plain hash is enough because nobody can try 2^256 secrets; passwords are another
/// matter and go through <c>IPasswordHashing</c>. The default value is the hash of nothing and matches nothing.
/// </summary>
public readonly record struct SecretHash(string Value)
{
    /// <summary>The hash to keep for a secret.</summary>
    public static SecretHash Of(string secret) => new(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))));

    /// <summary>Whether this is the hash of what was offered. Takes the same time wherever the two differ.</summary>
    public bool Matches(string? offered)
    {
        // The length check keeps a hostile megabyte from being hashed; how long a secret is, is no secret.
        if (Value is null || offered is not { Length: Secret.Length }) return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Value), Encoding.ASCII.GetBytes(Of(offered).Value));
    }

    /// <summary>Logs show that there is a hash, not which.</summary>
    public override string ToString() => "SecretHash";
}
