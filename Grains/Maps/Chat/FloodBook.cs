using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Chat;

/// <summary>
/// The flood control of every account that has spoken on this map lately: leaving and entering, or another character of the same
/// account, must not fill the bucket again. Bounded: when it is full those are forgotten who would be as new, and if there are
/// none the one who has been silent longest.
/// </summary>
internal sealed class FloodBook
{
    private const int Most = 4096;

    private readonly Dictionary<AccountId, FloodControl> _accounts = [];

    public FloodControl Of(AccountId account, MapOptions options, DateTimeOffset now)
    {
        if (_accounts.TryGetValue(account, out var known))
            return known;
        if (_accounts.Count >= Most)
            Forget(options, now);
        return _accounts[account] = new FloodControl();
    }

    private void Forget(MapOptions options, DateTimeOffset now)
    {
        foreach (var (account, flood) in _accounts)
            if (flood.IsAsNew(options, now))
                _accounts.Remove(account);
        if (_accounts.Count >= Most)
            _accounts.Remove(_accounts.MinBy(entry => entry.Value.LastSaid).Key);
    }
}
