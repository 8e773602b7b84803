namespace MmoOrleans.Bots;

/// <summary>
/// Bots that do not read: every second one never again, the others for two seconds of every eight. What they are sent waits with the server and
/// its system, which is what is to be measured.
/// </summary>
internal sealed class Deafness(IReadOnlyList<Bot> bots, TimeSpan began)
{
    private const int PeriodSeconds = 8;
    private const int ListensFromSecond = 6;

    private int _second = -1;

    /// <summary>Called with every turn; does something once a second.</summary>
    public void Advance(TimeSpan now)
    {
        var second = (int)(now - began).TotalSeconds;
        if (second == _second) return;
        _second = second;
        for (var at = 0; at < bots.Count; at++) bots[at].Listen(at % 2 == 1 && second % PeriodSeconds >= ListensFromSecond);
    }
}
