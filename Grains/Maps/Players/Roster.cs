using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Players;

/// <summary>All characters on a map, found by character, entity or name.</summary>
internal sealed class Roster
{
    private readonly List<Player> _all = [];
    private readonly Dictionary<CharacterId, Player> _byCharacter = [];
    private readonly Dictionary<int, Player> _byEntity = [];
    private readonly Dictionary<string, Player> _byName = new(StringComparer.Ordinal);

    public int Count => _all.Count;

    /// <summary>In no lasting order. Who removes while going through it goes backwards.</summary>
    public IReadOnlyList<Player> All => _all;

    public Player? Find(CharacterId character) => _byCharacter.GetValueOrDefault(character);

    /// <summary>The character if this owner, and no other, plays it.</summary>
    public Player? Find(CharacterId character, Fence owner) => Find(character) is { } player && player.Owner == owner ? player : null;

    public Player? FindEntity(int entity) => _byEntity.GetValueOrDefault(entity);

    public Player? FindName(string foldedName) => _byName.GetValueOrDefault(foldedName);

    public void Add(Player player)
    {
        _byCharacter.Add(player.Character, player);
        _byEntity.Add(player.Entity, player);
        _byName[player.FoldedName] = player;
        player.Index = _all.Count;
        _all.Add(player);
    }

    public void Remove(Player player)
    {
        if (!_byCharacter.Remove(player.Character))
            return;
        _byEntity.Remove(player.Entity);
        if (FindName(player.FoldedName) == player)
            _byName.Remove(player.FoldedName);
        var last = _all[^1];
        (_all[player.Index], last.Index) = (last, player.Index);
        _all.RemoveAt(_all.Count - 1);
    }
}
