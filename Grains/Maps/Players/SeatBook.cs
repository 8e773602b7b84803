using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Players;

/// <summary>
/// Seats held for characters that are about to come, each for a while. It holds a seat and decides nothing else: who comes
/// without one is admitted when there is room.
/// </summary>
internal sealed class SeatBook(MapOptions options)
{
    private readonly Dictionary<CharacterId, DateTimeOffset> _until = [];

    /// <summary>No seat's time is over before. Spares thousands who come at once the search through one another's seats.</summary>
    private DateTimeOffset _nextExpiry = DateTimeOffset.MaxValue;

    /// <summary>False when all seats are taken or held for others.</summary>
    public bool TryHold(CharacterId character, TimeSpan lease, int players, DateTimeOffset now)
    {
        if (!HasRoomFor(character, players, now))
            return false;
        var until = _until[character] = now + (lease < options.LongestSeatLease ? lease : options.LongestSeatLease);
        if (until < _nextExpiry)
            _nextExpiry = until;
        return true;
    }

    /// <summary>Whether the character has a seat or there is one that nobody holds.</summary>
    public bool HasRoomFor(CharacterId character, int players, DateTimeOffset now) =>
        IsHeld(character, now) || players + HeldAt(now) < options.Capacity;

    public void Release(CharacterId character) => _until.Remove(character);

    public bool IsHeld(CharacterId character, DateTimeOffset now) => _until.TryGetValue(character, out var until) && until > now;

    public int HeldAt(DateTimeOffset now)
    {
        if (now >= _nextExpiry)
            Expire(now);
        return _until.Count;
    }

    private void Expire(DateTimeOffset now)
    {
        _nextExpiry = DateTimeOffset.MaxValue;
        foreach (var (character, until) in _until)
        {
            if (until <= now)
                _until.Remove(character);
            else if (until < _nextExpiry)
                _nextExpiry = until;
        }
    }
}
