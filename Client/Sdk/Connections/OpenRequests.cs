using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Connections;

/// <summary>
/// The requests of one connection that wait for their answer. Ends each exactly once: answered, cancelled, too late, or with
/// the connection. Lives inside the client's loop.
/// </summary>
internal sealed class OpenRequests
{
    /// <summary>More open requests than this is a caller that does not wait: refused before they are sent.</summary>
    public const int Most = 256;

    private readonly Dictionary<uint, Open> _open = [];
    private uint _lastId;

    public int Count => _open.Count;

    public bool IsFull => _open.Count >= Most;

    // Ids stay below 2^31; those above belong to game messages, which nobody waits for.
    public uint NextId()
    {
        do _lastId = _lastId % int.MaxValue + 1;
        while (_open.ContainsKey(_lastId));
        return _lastId;
    }

    public Task<Answer<ServerMessage>> Add(uint id, TimeSpan deadline)
    {
        var open = new Open(deadline);
        _open.Add(id, open);
        return open.Ended.Task;
    }

    /// <summary>False when nobody waits for this answer (any more).</summary>
    public bool Answer(ServerMessage message)
    {
        if (!_open.Remove(message.RequestId, out var open)) return false;
        open.Ended.TrySetResult(AnswerOf(message));
        return true;
    }

    public void Cancel(uint id, CancellationToken cancellation)
    {
        if (_open.Remove(id, out var open)) open.Ended.TrySetCanceled(cancellation);
    }

    public void Expire(TimeSpan age)
    {
        foreach (var (id, open) in _open.Where(one => one.Value.Deadline <= age).ToList())
        {
            _open.Remove(id);
            open.Ended.TrySetResult(new Answer<ServerMessage>.NoAnswer(ErrorCode.ServiceNotAvailable, "The server did not answer in time."));
        }
    }

    public void FailAll(ErrorCode code, string sentence)
    {
        var all = _open.Values.ToList();
        _open.Clear();
        foreach (var open in all) open.Ended.TrySetResult(new Answer<ServerMessage>.NoAnswer(code, sentence));
    }

    private static Answer<ServerMessage> AnswerOf(ServerMessage message) =>
        message.Refused is { } refused
            ? new Answer<ServerMessage>.Refused(refused.Code, refused.Sentence, TimeSpan.FromMilliseconds(refused.RetryAfterMs))
            : new Answer<ServerMessage>.Granted(message);

    private sealed class Open(TimeSpan deadline)
    {
        public readonly TimeSpan Deadline = deadline;
        // Callers go on in a turn of their own: never in the middle of what answered or ended them.
        public readonly TaskCompletionSource<Answer<ServerMessage>> Ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
