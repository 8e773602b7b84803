using System.Net.Http.Json;
using System.Text.Json;

namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>A silo with its data in a folder of its own, on ports that were free.</summary>
public sealed class Server : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mmo-e2e-").FullName;
    private readonly HttpClient _http = new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
    private HostProcess? _silo;

    public HostProcess Silo => _silo ?? throw new InvalidOperationException("The silo was not started.");

    public int GamePort => Silo.PortOf("game");

    public int WebSocketPort => Silo.PortOf("websocket");

    public string StoragePath => Path.Combine(_folder, "mmo.db");

    public ValueTask InitializeAsync() => new(Start());

    /// <summary>Starts the silo, again after a stop or a kill: on the same data.</summary>
    public async Task Start(params string[] more) => _silo = await new HostProcess(Places.Silo,
    [
        "-mapsPath", Places.Maps, "-startMap", "Map001", "-storagePath", StoragePath, "-passwordIterations", "1000", "-mapSpawnMillisecondsTimeout", "60000",
        "-centralPort", "0", "-httpPort", "0", "-dashboardPort", "0", "-siloPort", "0", "-orleansGatewayPort", "0", .. more,
    ]).Ready();

    /// <summary>A gateway in a process of its own on this cluster.</summary>
    public Task<HostProcess> StartGateway(int orleansGatewayPort) => new HostProcess(Places.Gateway,
        "-gatewayPort", "0", "-httpPort", "0", "-centralAddress", "127.0.0.1", "-orleansGatewayPort", $"{orleansGatewayPort}").Ready();

    public async Task<JsonElement> Servers() => await _http.GetFromJsonAsync<JsonElement>(Admin("servers"));

    public async Task<HttpResponseMessage> Post(string action, object body) => await _http.PostAsJsonAsync(Admin(action), body);

    public Task<string> Health(string scheme = "http") => _http.GetStringAsync($"{scheme}://127.0.0.1:{Silo.PortOf("health")}/health");

    /// <summary>What the dashboard's "Grain Details" page shows.</summary>
    public Task<string> GrainState(string id, string type) =>
        _http.GetStringAsync($"http://127.0.0.1:{Silo.PortOf("dashboard")}/GrainState?grainId={Uri.EscapeDataString(id)}&grainType={Uri.EscapeDataString(type)}");

    /// <summary>The same for one map, taken apart: the page is a text that holds JSON.</summary>
    public async Task<JsonElement> MapState(string id)
    {
        var page = JsonSerializer.Deserialize<string>(await GrainState(id, "MmoOrleans.Grains.Maps.MapGrain"))!;
        return JsonSerializer.Deserialize<JsonElement>(page).GetProperty("GetState");
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Admin(string action) => $"http://127.0.0.1:{Silo.PortOf("dashboard")}/admin/{action}";
}
