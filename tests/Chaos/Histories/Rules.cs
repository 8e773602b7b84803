using System.Collections.Immutable;

namespace MmoOrleans.Chaos.Histories;

/// <summary>What must hold whatever breaks. Each rule reads the whole history and names what is against it; nothing is believed that only a server says of itself.</summary>
public static class Rules
{
    /// <summary>Every broken rule, in sentences; none: all is well. A history that proves nothing is a broken rule too.</summary>
    public static ImmutableArray<string> Broken(IReadOnlyList<Witnessed> history, StoreDump store)
    {
        // Looking for everybody afterwards may take long: what players live through has ended before.
        var lived = history.Where(one => one is not Witnessed.Sought).ToList();
        return
        [
            .. Coverage.Missing(lived),
            .. OneMap.Broken(history),
            .. Positions.Broken(history),
            .. Keeping.Broken(history, store),
            .. Returning.Broken(lived),
            .. Hearing.Broken(lived),
        ];
    }
}
