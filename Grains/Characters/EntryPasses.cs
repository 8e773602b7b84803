using System.Buffers.Text;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Secrets;

namespace MmoOrleans.Grains.Characters;

/// <summary>
/// What lets a client in: one ticket, good for some time, and a resume token that is renewed by each entry. The ticket may come
/// twice, because its answer may be lost; for the same reason the token that was used stays good until the one it was answered
/// with was used. Whoever takes the character away makes all of them void. Immutable; only hashes are kept.
/// </summary>
internal sealed record EntryPasses(EntryTicket? Ticket, SecretHash? Resume, SecretHash? ResumeBefore)
{
    public static readonly EntryPasses None = new(null, null, null);

    private const int SecretBytes = 32;

    /// <summary>The tokens that a record knows of, for an activation that has just begun.</summary>
    public static EntryPasses Stored(CharacterRecord record) => new(null, record.Resume, record.ResumeBefore);

    /// <summary>A new ticket and nothing else.</summary>
    public static EntryPasses For(string ticket, DateTimeOffset expires) => None with { Ticket = new EntryTicket(SecretHash.Of(ticket), expires) };

    /// <summary>A secret as the client carries it.</summary>
    public static ReadOnlyMemory<byte> Bytes(string secret) => Base64Url.DecodeFromChars(secret);

    public bool Accepts(EntryPass pass, DateTimeOffset now) => pass switch
    {
        TicketPass ticket => Ticket is not null && Ticket.Expires > now && Ticket.Hash.Matches(Text(ticket.Ticket)),
        ResumePass resume => Knows(Resume, resume) || Knows(ResumeBefore, resume),
        _ => false,
    };

    /// <summary>After an entry with an accepted pass, answered with a new resume token.</summary>
    public EntryPasses After(EntryPass pass, string token) => pass is ResumePass used
        ? new EntryPasses(null, SecretHash.Of(token), SecretHash.Of(Text(used.Token)!))
        : this with { Resume = SecretHash.Of(token), ResumeBefore = null };

    private static bool Knows(SecretHash? hash, ResumePass pass) => hash is { } known && known.Matches(Text(pass.Token));

    private static string? Text(ReadOnlyMemory<byte> secret) => secret.Length == SecretBytes ? Base64Url.EncodeToString(secret.Span) : null;
}

internal sealed record EntryTicket(SecretHash Hash, DateTimeOffset Expires);
