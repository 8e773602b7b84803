namespace MmoOrleans.Chaos.Histories;

/// <summary>Nobody stays locked out: whoever loses its connection stands on a map again soon, by itself.</summary>
public static class Returning
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static IEnumerable<string> Broken(IReadOnlyList<Witnessed> history)
    {
        var end = history.Count > 0 ? history[^1].At : TimeSpan.Zero;
        return history.GroupBy(one => one.Who).SelectMany(ofOne => BrokenFor([.. ofOne], end));
    }

    private static IEnumerable<string> BrokenFor(List<Witnessed> own, TimeSpan end)
    {
        Witnessed.Lost? lost = null;
        foreach (var one in own)
        {
            if (one is Witnessed.GaveUp gaveUp)
                yield return $"{one.Who} gave up at {one.At.TotalSeconds:0.0} s for {gaveUp.Why}{(lost is null ? "" : $" after {lost.Why} at {lost.At.TotalSeconds:0.0} s")}";
            else if (one is Witnessed.Lost loss)
                lost ??= loss;
            else if (one is Witnessed.Stood && lost is not null)
            {
                if (one.At - lost.At > Longest)
                    yield return $"{one.Who} was locked out for {(one.At - lost.At).TotalSeconds:0.0} s after {lost.Why}";
                lost = null;
            }
        }
        if (lost is not null && end - lost.At > Longest)
            yield return $"{lost.Who} never came back after {lost.Why} at {lost.At.TotalSeconds:0.0} s";
    }
}
