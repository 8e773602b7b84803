using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>Silos and gateways in processes of their own, all on one database, on ports that were free.</summary>
public sealed class Cluster(string database, string connectionString) : IAsyncDisposable
{
    private readonly List<HostProcess> _hosts = [];
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = new("Bearer", Site.Token) } };

    /// <summary>Every host that was ever started.</summary>
    public IReadOnlyList<HostProcess> Hosts => _hosts;

    /// <summary>Starts a silo and waits for READY.</summary>
    public Task<HostProcess> StartSilo(params string[] more) => StartSiloAt(Site.Here, more);

    public Task<HostProcess> StartSiloAt(Site site, params string[] more) => SiloAt(site, more).Ready();

    public HostProcess Silo(params string[] more) => SiloAt(Site.Here, more);

    /// <summary>Starts a gateway, which finds the silos by itself, and waits for READY.</summary>
    public Task<HostProcess> StartGateway(params string[] more) => Gateway(more).Ready();

    public HostProcess Gateway(params string[] more) => Launch(Site.Here, Places.Gateway, ["-gatewayPort", "0", "-httpPort", "0", .. more]);

    /// <summary>Waits until Central lists so many gateways.</summary>
    public Task Gateways(HostProcess silo, int count) =>
        Until.Seen(() => Servers(silo), servers => servers.GetProperty("gateways").GetArrayLength() == count, $"{count} gateways at Central");

    /// <summary>Waits until Central lists every map at the gateway of this game port.</summary>
    public Task MapsAt(HostProcess silo, int port) => Until.Seen(
        () => Servers(silo),
        servers => servers.GetProperty("maps").EnumerateArray().ToList() is { Count: > 0 } maps && maps.All(map => map.GetProperty("port").GetInt32() == port),
        $"every map at port {port}");

    /// <summary>Which of these silos a map runs in.</summary>
    public async Task<HostProcess> HostOf(string map, IReadOnlyList<HostProcess> silos)
    {
        var servers = await Servers(silos[0]);
        var silo = servers.GetProperty("maps").EnumerateArray().Single(one => one.GetProperty("map").GetString()!.EndsWith('/' + map)).GetProperty("silo").GetString()!;
        return silos.Single(one => silo.EndsWith($"-{one.PortOf("silo")}", StringComparison.Ordinal));
    }

    /// <summary>Waits until Central has heard of so many silos.</summary>
    public Task Silos(HostProcess silo, int count) =>
        Until.Seen(() => Servers(silo), servers => servers.GetProperty("silos").GetArrayLength() == count, $"{count} silos at Central");

    /// <summary>What an operator tells a silo to do, and what it answers.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> Order(HostProcess silo, string act, object body)
    {
        using var answer = await _http.PostAsJsonAsync(Admin(silo, act), body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _http.Dispose();
    }

    private HostProcess SiloAt(Site site, string[] more) => Launch(site, Places.Silo,
    [
        "-mapsPath", Places.Maps, "-startMap", "Map001", "-passwordIterations", "1000", "-mapSpawnMillisecondsTimeout", "60000",
        "-centralPort", "0", "-httpPort", "0", "-dashboardPort", "0", "-siloPort", "0", "-orleansGatewayPort", "0", .. more,
    ]);

    private async Task<JsonElement> Servers(HostProcess silo) =>
        JsonSerializer.Deserialize<JsonElement>(await _http.GetStringAsync(Admin(silo, "servers")));

    private static string Admin(HostProcess silo, string act) => $"http://{silo.Site.Address}:{silo.PortOf("dashboard")}/admin/{act}";

    private HostProcess Launch(Site site, string assembly, string[] arguments)
    {
        var host = new HostProcess(connectionString, site, assembly, ["-database", database, .. arguments]);
        _hosts.Add(host);
        return host;
    }
}
