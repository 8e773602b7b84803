namespace MmoOrleans.Bots.Chat;

/// <summary>
/// The lines of one bot that are on their way. A line counts as said when the server accepts it or when the bot hears it itself, whichever
/// comes first: who walks into a warp while speaking never gets the answer, but the line may have been said. Any thread may call.
/// </summary>
internal sealed class ChatMouth(ChatProbe probe, int sender)
{
    /// <summary>Lines without an answer; the oldest are forgotten. A line is answered within the time of a request, so only those lost at warps gather here.</summary>
    private const int MostUnanswered = 256;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, int> _unanswered = [];
    private int _number;

    /// <summary>The next line, which so many bots shall hear; 0 for one that is not counted.</summary>
    public ChatText Begin(int receivers, TimeSpan now)
    {
        lock (_gate)
        {
            _unanswered.Add(++_number, receivers);
            probe.Opened(1);
            if (_unanswered.Count > MostUnanswered && _unanswered.Remove(_unanswered.First().Key)) probe.Opened(-1);
            return new ChatText(probe.Run, sender, _number, now);
        }
    }

    public void Accepted(int number)
    {
        lock (_gate)
        {
            if (!_unanswered.Remove(number, out var receivers)) return;
            probe.Accepted(receivers);
            probe.Opened(-1);
        }
    }

    public void Refused(int number)
    {
        lock (_gate)
        {
            if (_unanswered.Remove(number)) probe.Opened(-1);
        }
    }
}
