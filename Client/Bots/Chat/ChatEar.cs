namespace MmoOrleans.Bots.Chat;

/// <summary>The lines that one bot has heard in this run. Lines sent before the bot was in are nobody's expectation and are passed over.</summary>
internal sealed class ChatEar(ChatProbe probe, ChatMouth own, int index)
{
    private SeenLines[] _seen = [];

    public TimeSpan Since { get; set; } = TimeSpan.MaxValue;

    public void Hear(ReadOnlySpan<byte> text, TimeSpan now)
    {
        if (!ChatText.TryRead(text, out var line) || line.Run != probe.Run || line.Sender >= probe.Clients || line.SentAt < Since) return;
        if (line.Sender == index) own.Accepted(line.Number);
        if (!probe.Counts(line.SentAt)) return;
        if (_seen.Length == 0) _seen = new SeenLines[probe.Clients];
        if (_seen[line.Sender].Add(line.Number)) probe.Received(now - line.SentAt);
        else probe.Duplicate();
    }
}
