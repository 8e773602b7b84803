using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Characters;

/// <summary>What a character asks of maps. See <see cref="IMapEntrance"/> and <see cref="IMapChat"/>.</summary>
internal interface IMapCalls
{
    Task<Answer<MapAddress>> Reserve(MapId map, CharacterId character, TimeSpan lease);

    Task<CharacterImageOnMap?> Evict(MapId map, CharacterId character, Fence below, Refusal why);

    Task Mute(MapId map, CharacterId character, DateTimeOffset until);
}

/// <summary>Asks the map grains.</summary>
internal sealed class MapCalls(IGrainFactory grains) : IMapCalls
{
    public Task<Answer<MapAddress>> Reserve(MapId map, CharacterId character, TimeSpan lease) => Grain(map).Reserve(character, lease);

    public Task<CharacterImageOnMap?> Evict(MapId map, CharacterId character, Fence below, Refusal why) => Grain(map).Evict(character, below, why);

    public Task Mute(MapId map, CharacterId character, DateTimeOffset until) => Grain(map).Mute(character, until);

    private IMapGrain Grain(MapId map) => grains.GetGrain<IMapGrain>(map.Key);
}
