using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Maps.Warping;

namespace MmoOrleans.Grains.Maps;

/// <summary>The other maps as this silo knows them: their files, and the list that its directory has learned.</summary>
internal sealed class OtherMaps(IMapSource source, ILocalDirectory directory) : IOtherMaps
{
    /// <summary>Looks into the folder: warps are rare, and a map may have been added since.</summary>
    public bool Exists(string map) => source.Names().Contains(map);

    public MapAddress? AddressOf(MapId map) =>
        directory.Find(map) is { } found && found.Address.Endpoints.Length > 0 ? found.Address : null;
}
