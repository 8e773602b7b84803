namespace MmoOrleans.Chaos.Histories;

/// <summary>What players felt of a fault: of each the longest time around it in which the server took no move of theirs.</summary>
/// <param name="OfEach">From the shortest to the longest.</param>
public sealed record Pauses(IReadOnlyList<Pause> OfEach)
{
    private const int MostTold = 12;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(20);

    public double P50 => At(0.5);

    public double P99 => At(0.99);

    public double Longest => At(1);

    /// <summary>Who had the longest.</summary>
    public string Unluckiest => OfEach is [.., var last] ? last.Who : "";

    public static Pauses Around(Witnessed.Fault fault, IReadOnlyList<Witnessed> history)
    {
        var end = history[^1].At < fault.At + After ? history[^1].At : fault.At + After;
        return new Pauses([.. history.OfType<Witnessed.Acknowledged>()
            .Where(word => word.At >= fault.At - Before && word.At <= end)
            .GroupBy(word => word.Who, word => word.At)
            .Select(ofOne => LongestOf(ofOne.Key, [.. ofOne, end]))
            .OrderBy(pause => pause.Seconds)]);
    }

    public override string ToString() =>
        FormattableString.Invariant($"{OfEach.Count} players, longest pause of each: p50 {P50:0.00} s, p99 {P99:0.00} s, longest {Longest:0.00} s ({string.Join(", ", OfEach.Reverse().Take(MostTold))})");

    private static Pause LongestOf(string who, TimeSpan[] words) =>
        words.Zip(words.Skip(1), (one, next) => new Pause(who, one.TotalSeconds, (next - one).TotalSeconds)).MaxBy(pause => pause.Seconds)!;

    private double At(double part) => OfEach.Count == 0 ? 0 : OfEach[(int)Math.Ceiling(part * OfEach.Count) - 1].Seconds;
}

/// <param name="From">When the last move before it was acknowledged, in seconds of the run.</param>
public sealed record Pause(string Who, double From, double Seconds)
{
    public override string ToString() => FormattableString.Invariant($"{Who} {Seconds:0.00} from {From:0.0}");
}
