using MmoOrleans.Chaos.Wanderers;

namespace MmoOrleans.Chaos.Histories;

/// <summary>
/// Nobody stays locked out: whoever loses its connection stands on a map again soon, by itself, and nobody stands still on one for long.
/// Only who is in a door has to wait until it is known on which side it is, which takes as long as the database is away.
/// </summary>
public static class Returning
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestInADoor = TimeSpan.FromSeconds(35);

    public static IEnumerable<string> Broken(IReadOnlyList<Witnessed> history)
    {
        var end = history.Count > 0 ? history[^1].At : TimeSpan.Zero;
        return history.GroupBy(one => one.Who).SelectMany(ofOne => BrokenFor([.. ofOne], end).Concat(StoodStill([.. ofOne], end)));
    }

    private static IEnumerable<string> StoodStill(List<Witnessed> own, TimeSpan end)
    {
        var (since, isInADoor) = ((TimeSpan?)null, false);
        foreach (var one in own)
        {
            isInADoor |= one is Witnessed.Warping || (one is Witnessed.Moved moved && Ground.IsInDoor(moved.Map, moved.Position));
            if (one is not (Witnessed.Acknowledged or Witnessed.Stood or Witnessed.GaveUp))
                continue;
            if (one.At - since > (isInADoor ? LongestInADoor : Longest))
                yield return $"no move of {one.Who} was taken from {since!.Value.TotalSeconds:0.0} to {one.At.TotalSeconds:0.0} s";
            since = one is Witnessed.GaveUp ? null : one.At;
            isInADoor = one is Witnessed.Acknowledged word && Ground.IsInDoor(word.Map, word.Position);
        }
        if (end - since > (isInADoor ? LongestInADoor : Longest))
            yield return $"no move of {own[0].Who} was taken from {since!.Value.TotalSeconds:0.0} s on";
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
