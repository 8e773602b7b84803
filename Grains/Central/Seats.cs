using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// Seats on channels that were taken for accounts whose character is not counted by its map yet. An account has one seat, however many
/// characters it selects. A seat is given back when its time is
/// over, or when the channel's reported users grow: the oldest seats are then the ones that were used. Somebody who warps
/// between maps on two silos can look like a leaver and then like a newcomer; for that moment a channel may admit one too many,
/// and the maps' own limits hold. As many seats at most as the channels admit players.
/// </summary>
internal sealed class Seats
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Dictionary<AccountId, Seat> _taken = [];
    private readonly Dictionary<string, int> _perChannel = [];

    /// <summary>No seat's time is over before. Spares thousands who come at once the search through one another's seats.</summary>
    private DateTimeOffset _nextExpiry = DateTimeOffset.MaxValue;

    /// <summary>Seats of a channel that others than this account hold.</summary>
    internal int TakenByOthers(string channel, AccountId account) =>
        _perChannel.GetValueOrDefault(channel) - (_taken.TryGetValue(account, out var own) && own.Channel == channel ? 1 : 0);

    /// <summary>Taking again moves the seat and starts its time anew.</summary>
    internal void Take(string channel, AccountId account, DateTimeOffset now)
    {
        Remove(account);
        var seat = _taken[account] = new Seat(channel, now + Lease);
        _perChannel[channel] = _perChannel.GetValueOrDefault(channel) + 1;
        if (seat.Until < _nextExpiry) _nextExpiry = seat.Until;
    }

    /// <summary>That many of the channel's seats are counted by its maps now.</summary>
    internal void Counted(string channel, int users)
    {
        var used = _taken.Where(seat => seat.Value.Channel == channel).OrderBy(seat => seat.Value.Until).Take(users);
        foreach (var seat in used.ToList())
            Remove(seat.Key);
    }

    internal void Expire(DateTimeOffset now)
    {
        if (now < _nextExpiry) return;
        foreach (var seat in _taken.Where(seat => seat.Value.Until <= now).ToList())
            Remove(seat.Key);
        _nextExpiry = _taken.Count == 0 ? DateTimeOffset.MaxValue : _taken.Values.Min(seat => seat.Until);
    }

    private void Remove(AccountId account)
    {
        if (_taken.Remove(account, out var seat)) _perChannel[seat.Channel]--;
    }

    private readonly record struct Seat(string Channel, DateTimeOffset Until);
}
