using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Secrets;

namespace MmoOrleans.Grains.Tests.Central;

/// <summary>A map activation as far as a silo's directory sees it.</summary>
internal sealed class TestMap(string map, ILocalDirectory directory, int users = 0, long activated = 1000) : ILocalMap
{
    internal MapId Id { get; } = Servers.Id(map);

    public MapServerConnection Connection { get; } = Servers.Map(map, Secret.New(), activated: activated, silo: directory.Silo);

    public int Users => users;
}

/// <summary>Looks again and again whether silos lose sight of maps.</summary>
internal sealed class DirectoryWatch
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<List<string>> _lost;

    internal DirectoryWatch(ILocalDirectory[] directories, MapId[] maps) => _lost = Task.Run(async () =>
    {
        var lost = new List<string>();
        while (!_stop.IsCancellationRequested)
        {
            lost.AddRange(from directory in directories from map in maps where directory.Find(map) is null select $"{directory.Silo} lost {map}");
            await Task.Delay(5);
        }
        return lost;
    });

    internal async Task<List<string>> Stop()
    {
        await _stop.CancelAsync();
        return await _lost;
    }
}
