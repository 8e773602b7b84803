using System.Collections.Immutable;

namespace MmoOrleans.Chaos.Histories;

/// <summary>What must hold whatever breaks. Each rule reads the whole history and names what is against it; nothing is believed that only a server says of itself.</summary>
public static class Rules
{
    /// <summary>Every broken rule, in sentences; none: all is well. A history that proves nothing is a broken rule too.</summary>
    /// <param name="wasDown">For a while there was no host to come back to.</param>
    public static ImmutableArray<string> Broken(IReadOnlyList<Witnessed> history, StoreDump store, bool wasDown = false)
    {
        // Looking for everybody afterwards may take long: what players live through has ended before.
        var lived = history.Where(one => one is not (Witnessed.Sought or Witnessed.Found)).ToList();
        return
        [
            .. Coverage.Missing(lived),
            .. OneMap.Broken(history),
            .. Positions.Broken(history),
            .. Keeping.Broken(history, store),
            .. wasDown ? [] : Returning.Broken(lived),
            .. Hearing.Broken(lived),
        ];
    }
}
