using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MmoOrleans.Grains.Secrets;

/// <summary>
/// The SHA-256 of a secret. A plain hash is enough because nobody can try 2^256 secrets; passwords are another matter and go through
/// <c>IPasswordHashing</c>. The default value is the hash of nothing and matches nothing.
/// </summary>
public readonly record struct SecretHash
{
    // Not as text, which takes four times as much: every player on a server has four of these.
    private readonly (ulong, ulong, ulong, ulong) _bits;

    /// <param name="value">As <see cref="Value"/> gives it.</param>
    /// <exception cref="FormatException">It is no such text.</exception>
    public SecretHash(string? value)
    {
        if (value is null) return;
        var hash = Base64Url.DecodeFromChars(value);
        if (hash.Length != SHA256.HashSizeInBytes) throw new FormatException("A stored hash of a secret has not the length of one.");
        _bits = MemoryMarshal.Read<(ulong, ulong, ulong, ulong)>(hash);
    }

    private SecretHash(ReadOnlySpan<byte> hash) => _bits = MemoryMarshal.Read<(ulong, ulong, ulong, ulong)>(hash);

    /// <summary>In base64url, as records store it; null: the hash of nothing.</summary>
    public string? Value => this == default ? null : Base64Url.EncodeToString(Bytes(in _bits));

    /// <summary>The hash to keep for a secret.</summary>
    public static SecretHash Of(string secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(secret), hash);
        return new SecretHash(hash);
    }

    /// <summary>Whether this is the hash of what was offered. Takes the same time wherever the two differ.</summary>
    public bool Matches(string? offered)
    {
        // The length check keeps a hostile megabyte from being hashed; how long a secret is, is no secret.
        if (this == default || offered is not { Length: Secret.Length }) return false;
        var other = Of(offered);
        return CryptographicOperations.FixedTimeEquals(Bytes(in _bits), Bytes(in other._bits));
    }

    /// <summary>Logs show that there is a hash, not which.</summary>
    public override string ToString() => "SecretHash";

    private static ReadOnlySpan<byte> Bytes(in (ulong, ulong, ulong, ulong) bits) => MemoryMarshal.AsBytes(new ReadOnlySpan<(ulong, ulong, ulong, ulong)>(in bits));
}
