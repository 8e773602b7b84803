using System.Net.Http.Headers;
using System.Text.Json;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Silo.Hosting;
using MmoOrleans.Silo.Tests.Storage;

namespace MmoOrleans.Silo.Tests.Admin;

/// <summary>A whole silo in this process, on free ports and data of its own, and an operator who comes by HTTP over loopback.</summary>
public class OperatedSilo : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly string[] _more;
    private WebApplication? _app;

    public OperatedSilo() : this([])
    {
    }

    private protected OperatedSilo(params string[] more) => _more = more;

    internal IGrainFactory Grains => _app!.Services.GetRequiredService<IGrainFactory>();

    internal IServiceProvider Services => _app!.Services;

    internal ListenPorts Ports => _app!.Services.GetRequiredService<ListenPorts>();

    public async ValueTask InitializeAsync()
    {
        string[] arguments = ["-storagePath", Path.Combine(_folder.Path, "mmo.db"), "-passwordIterations", "1",
            "-centralPort", "0", "-httpPort", "0", "-dashboardPort", "0", "-siloPort", "0", "-orleansGatewayPort", "0", .. _more];
        var ready = Assert.IsType<StartAnswer.Ready>(ServerInstance.Read(HostKind.Silo, arguments));
        _app = SiloApplication.Build(ready.Settings, ListenPorts.Reserve(ready.Settings), [services => services.AddLogging(logging => logging.ClearProviders()), Extend]);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What a studio adds.</summary>
    private protected virtual void Extend(IServiceCollection services)
    {
    }

    internal Task<string> Metrics() => _http.GetStringAsync($"http://127.0.0.1:{Ports.Dashboard}/metrics");

    internal Task<(int Status, string Text)> Post(string act, object body) => Send(HttpMethod.Post, act, JsonContent.Create(body));

    internal async Task<(int Status, string Text)> Send(HttpMethod method, string act, HttpContent? content = null, Action<HttpRequestMessage>? with = null, int? port = null)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{port ?? Ports.Dashboard}/admin/{act}") { Content = content };
        with?.Invoke(request);
        return await Send(request);
    }

    /// <summary>What is at a path of the operators' listener, for who shows this.</summary>
    internal async Task<(int Status, string Text)> Get(string path, AuthenticationHeaderValue? shown)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{Ports.Dashboard}{path}");
        request.Headers.Authorization = shown;
        return await Send(request);
    }

    private async Task<(int Status, string Text)> Send(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The reason of a refusal.</summary>
    internal static string ReasonOf(string text)
    {
        using var json = JsonDocument.Parse(text);
        Assert.False(json.RootElement.GetProperty("done").GetBoolean());
        return json.RootElement.GetProperty("reason").GetString()!;
    }
}

public sealed class SiloWithToken() : OperatedSilo("-adminToken", Token)
{
    internal const string Token = "open-sesame";
}
