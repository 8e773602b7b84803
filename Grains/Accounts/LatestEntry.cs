using System.Buffers.Binary;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// The latest entry of a session, which may arrive twice: a silo that stops passes it on, and its caller, who hears only that the silo
/// is gone, makes it again. Both are one entry; two would be two owners, and the player be dropped under the first.
/// </summary>
internal sealed class LatestEntry
{
    private static readonly Refusal Overtaken = Refusal.For(RefusalCode.AccountLoggedInByOther);

    private (ConnectionId Connection, long Pass)? _key;
    private Task<Answer<Admission>>? _underWay;

    /// <summary>The answer of the one that is under way, if this is the same; one that has been granted is refused: nobody waits for that any more.</summary>
    public Task<Answer<Admission>> Once(ConnectionId connection, EntryPass pass, Func<Task<Answer<Admission>>> enter)
    {
        var key = (connection, MarkOf(pass));
        if (_key == key) return _underWay ?? Task.FromResult(Answer.Refuse<Admission>(Overtaken));
        (_key, _underWay) = (key, null);
        var entering = Make(key, enter);
        if (!entering.IsCompleted) _underWay = entering;
        return entering;
    }

    private async Task<Answer<Admission>> Make((ConnectionId, long) key, Func<Task<Answer<Admission>>> enter)
    {
        var granted = false;
        try
        {
            var answer = await enter();
            granted = answer.TryGet(out _, out _);
            return answer;
        }
        finally
        {
            if (_key == key) (_key, _underWay) = (granted ? key : null, null);
        }
    }

    /// <summary>A part of the secret tells two of them apart, and does not keep it.</summary>
    private static long MarkOf(EntryPass pass)
    {
        var secret = pass switch
        {
            TicketPass ticket => ticket.Ticket.Span,
            ResumePass resume => resume.Token.Span,
            _ => [],
        };
        Span<byte> first = stackalloc byte[sizeof(long)];
        first.Clear();
        secret[..Math.Min(secret.Length, first.Length)].CopyTo(first);
        return BinaryPrimitives.ReadInt64LittleEndian(first);
    }
}
