using MmoOrleans.EndToEnd.Hosts;

namespace MmoOrleans.EndToEnd;

/// <summary>A start that is not allowed to end.</summary>
public class Starting
{
    [Fact]
    public async Task A_server_that_is_told_to_stop_while_it_starts_stops()
    {
        var folder = Directory.CreateTempSubdirectory("mmo-e2e-");
        await using var silo = new HostProcess(Places.Silo,
            "-mapsPath", Places.Maps, "-storagePath", Path.Combine(folder.FullName, "mmo.db"),
            "-centralPort", "0", "-httpPort", "0", "-dashboardPort", "0", "-siloPort", "0", "-orleansGatewayPort", "0");
        await silo.Logged(3200); // The storage is open: before Orleans starts, long before READY.

        Assert.Equal(0, await silo.Stop());

        folder.Delete(recursive: true);
    }
}
