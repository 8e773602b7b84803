using System.Buffers.Text;
using System.Security.Cryptography;

namespace MmoOrleans.Grains.Secrets;

/// <summary>
/// Something only its holder can know: access tokens, tickets, resume tokens and connection keys are all secrets.
/// The clear text goes to the holder once; what is kept and compared is its <see cref="SecretHash"/>.
/// </summary>
public static class Secret
{
    private const int Bytes = 32;

    /// <summary>The length of every secret: 256 bits in base64url without padding.</summary>
    public const int Length = 43;

    /// <summary>A new secret of 256 random bits, safe in URLs, headers and JSON.</summary>
    public static string New()
    {
        Span<byte> bits = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bits);
        return Base64Url.EncodeToString(bits);
    }
}
