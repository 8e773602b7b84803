using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.Grains.Chat;

/// <summary>A line whose sender waits for the answer.</summary>
internal sealed class WaitingLine(NewChatLine line)
{
    private readonly TaskCompletionSource<Answer<Fence>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal NewChatLine Line => line;

    internal Task<Answer<Fence>> Answer => _answer.Task;

    internal bool IsLate(DateTimeOffset now) => now > line.NotAfter;

    internal void Grant(Fence position) => _answer.TrySetResult(GrainInterfaces.Answer.Of(position));

    internal void Refuse(RefusalCode code) => _answer.TrySetResult(GrainInterfaces.Answer.Refuse<Fence>(code));
}

/// <summary>Lines gathered for the next write, at most so many; one more is refused with SERVER_BUSY and a time.</summary>
internal sealed class WaitingLines(int most, ChatMetrics metrics)
{
    private static readonly TimeSpan BusyFor = TimeSpan.FromMilliseconds(250);

    private List<WaitingLine> _lines = [];

    internal bool IsEmpty => _lines.Count == 0;

    internal Task<Answer<Fence>> Add(NewChatLine line)
    {
        if (_lines.Count >= most) return Task.FromResult(Refuse());
        metrics.Waiting(1);
        var waiting = new WaitingLine(line);
        _lines.Add(waiting);
        return waiting.Answer;
    }

    /// <summary>All that wait and are in time; those whose sender has given up are refused.</summary>
    internal IReadOnlyList<WaitingLine> Take(DateTimeOffset now) => InTime(TakeAll(), now);

    internal void RefuseAll(RefusalCode code)
    {
        foreach (var line in TakeAll())
            line.Refuse(code);
    }

    /// <summary>Those that are in time; the others are refused, and nobody will have seen them.</summary>
    internal static IReadOnlyList<WaitingLine> InTime(IReadOnlyList<WaitingLine> lines, DateTimeOffset now)
    {
        foreach (var late in lines.Where(line => line.IsLate(now)))
            late.Refuse(RefusalCode.ChatNotAvailable);
        return [.. lines.Where(line => !line.IsLate(now))];
    }

    private List<WaitingLine> TakeAll()
    {
        var lines = _lines;
        _lines = [];
        metrics.Waiting(-lines.Count);
        return lines;
    }

    private Answer<Fence> Refuse()
    {
        metrics.Refused();
        return Answer.Refuse<Fence>(RefusalCode.ServerBusy, BusyFor);
    }
}
