using System.Text.Json.Serialization;
using MmoOrleans.Bots.Chat;
using MmoOrleans.Bots.Maps;

namespace MmoOrleans.Bots;

/// <summary>
/// What a run found, in the words of its JSON. Rates are per second of the measured time; <c>connected</c> counts those that were in at
/// any time, <c>dropped</c> those that lost their connection afterwards, <c>busy</c> answers that named a time to ask again.
/// </summary>
internal sealed record Report(
    int Clients, int Connected, int Dropped, int Errors, long Corrections, long Busy, double Seconds, string Transport,
    double LoginsPerS, double MovesSentPerS, double UpdatesReceivedPerS, double FramesReceivedPerS, double BytesPerClientPerS,
    double VisibleMean, long Warps, LatencyReport LatencyMs, ChatReport Chat, LatencyReport GeneratorLagMs, IReadOnlyList<string> Problems,
    double FramesPerClientPerS, double SentBytesPerClientPerS, DeliveryReport Delivery, double CpuMsPerClientPerS, double LastEntryS)
{
    /// <summary>Of those that read all the time and stayed: the one that got the fewest frames, and the one that got the most.</summary>
    public FramesReport FramesOfOnePerS { get; init; } = new(0, 0);

    /// <summary>Bots that stopped reading. They are among the clients and connected, and in nothing else.</summary>
    public int Deaf { get; init; }

    /// <summary>Something came from the server in the measured time: frames for those that walk, anything for those that stand.</summary>
    [JsonIgnore]
    public bool HasReceived { get; init; }

    /// <summary>No connection to the server could be made at all.</summary>
    [JsonIgnore]
    public bool IsUnreachable { get; init; }

    [JsonIgnore]
    public int ExitCode => this switch
    {
        { IsUnreachable: true } => ExitCodes.CouldNotConnect,
        { Dropped: > 0 } or { Errors: > 0 } or { HasReceived: false } => ExitCodes.Failed,
        _ => Connected < Clients ? ExitCodes.Failed : ExitCodes.Success,
    };
}

/// <summary>Frames of single bots, per second.</summary>
internal sealed record FramesReport(double Min, double Max)
{
    public static FramesReport Of(IEnumerable<(Bot Bot, long Frames)> counted, TimeSpan time)
    {
        var rates = counted.Where(one => one.Bot is { HasEntered: true, IsDeaf: false, IsOut: false })
            .Select(one => Math.Round(one.Frames / Math.Max(0.001, time.TotalSeconds), 2)).DefaultIfEmpty().ToList();
        return new FramesReport(rates.Min(), rates.Max());
    }
}

/// <summary>Times in milliseconds; all 0 without samples.</summary>
internal sealed record LatencyReport(long Samples, double P50, double P95, double P99, double Max)
{
    public static LatencyReport Of(LatencyHistogram times) =>
        new(times.Samples, times.MillisecondsAt(0.5), times.MillisecondsAt(0.95), times.MillisecondsAt(0.99), times.MillisecondsAt(1));
}

/// <summary>Lines that the server accepted, how often they should have been heard and were, and how often a bot heard one again.</summary>
internal sealed record ChatReport(long Sent, long Expected, long Received, long Duplicates, LatencyReport LatencyMs)
{
    public static ChatReport Of(ChatProbe chat) => new(chat.Sent, chat.Expected, chat.LinesReceived, chat.Duplicates, LatencyReport.Of(chat.Times));
}

/// <summary>Of the sampled moves: how many bots should have been shown one, how many were within a second, and the second by the first (1 without samples).</summary>
internal sealed record DeliveryReport(long Expected, long Delivered, double Ratio)
{
    public static DeliveryReport Of(LatencyProbe probe) =>
        new(probe.Expected, probe.Delivered, probe.Expected == 0 ? 1 : Math.Round((double)probe.Delivered / probe.Expected, 4));
}
