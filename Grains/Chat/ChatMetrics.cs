using System.Diagnostics.Metrics;

namespace MmoOrleans.Grains.Chat;

/// <summary>What the chat channels of a silo count, on the meter <c>MmoOrleans.Chat</c>.</summary>
public sealed class ChatMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MmoOrleans.Chat";

    private readonly Counter<long> _published;
    private readonly Counter<long> _busy;
    private int _waiting;

    public ChatMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _published = meter.CreateCounter<long>("mmo.chat.lines", "{line}", "Lines that channels have published");
        _busy = meter.CreateCounter<long>("mmo.chat.lines.refused", "{line}", "Lines refused because too many waited");
        meter.CreateObservableGauge("mmo.chat.lines.waiting", () => Volatile.Read(ref _waiting), "{line}", "Lines that wait for their channel's next write");
    }

    /// <summary>So many lines more wait, or fewer.</summary>
    internal void Waiting(int lines) => Interlocked.Add(ref _waiting, lines);

    internal void Published(int lines) => _published.Add(lines);

    internal void Refused() => _busy.Add(1);
}
