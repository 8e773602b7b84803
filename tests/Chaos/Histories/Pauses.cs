namespace MmoOrleans.Chaos.Histories;

/// <summary>What players felt of a fault: the longest time around it in which the server took no move of theirs.</summary>
/// <param name="P50">Seconds.</param>
/// <param name="Unluckiest">Who had the longest.</param>
public sealed record Pauses(int Players, double P50, double P99, double Longest, string Unluckiest)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(20);

    public static Pauses Around(Witnessed.Fault fault, IReadOnlyList<Witnessed> history)
    {
        var end = history[^1].At < fault.At + After ? history[^1].At : fault.At + After;
        var ofAll = history.OfType<Witnessed.Acknowledged>()
            .Where(word => word.At >= fault.At - Before && word.At <= end)
            .GroupBy(word => word.Who, word => word.At)
            .Select(ofOne => (Seconds: ofOne.Zip(ofOne.Skip(1).Append(end), (one, next) => (next - one).TotalSeconds).Max(), Who: ofOne.Key))
            .OrderBy(one => one.Seconds).ToList();
        var seconds = ofAll.ConvertAll(one => one.Seconds);
        return seconds.Count == 0 ? new Pauses(0, 0, 0, 0, "") : new Pauses(seconds.Count, At(seconds, 0.5), At(seconds, 0.99), seconds[^1], ofAll[^1].Who);
    }

    public override string ToString() => FormattableString.Invariant($"{Players} players, longest pause of each: p50 {P50:0.00} s, p99 {P99:0.00} s, longest {Longest:0.00} s of {Unluckiest}");

    private static double At(List<double> sorted, double part) => sorted[(int)Math.Ceiling(part * sorted.Count) - 1];
}
