using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Silo.Admin;
using MmoOrleans.Silo.Storage;
using Orleans.Dashboard;

namespace MmoOrleans.Silo.Hosting;

/// <summary>Puts the parts of a silo together: Orleans with the grains, the embedded gateway, the operators' listener.</summary>
internal static class SiloApplication
{
    public static WebApplication Build(ServerSettings settings, ListenPorts ports, IReadOnlyList<Action<IServiceCollection>> additions)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [] });
        var readiness = new Readiness();
        builder.Logging.AddHostConsole();
        // Orleans' watchdog counts from before it runs: a slow start is told as a stalled runtime. From READY on it speaks.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", level => readiness.IsReady && level >= LogLevel.Warning);
        var source = new TiledMapSource(settings.World.MapsPath);
        var wanted = WantedMaps.Read(settings, source);
        builder.Services.AddSingleton(settings).AddSingleton(ports).AddSingleton<IMapSource>(source).AddSingleton(wanted);
        builder.Services.AddSingleton(readiness).AddSingleton<MapReport>();
        builder.Host.UseOrleans(silo => silo
            .JoinCluster(settings.Cluster, settings.Database.Kind, ports)
            .AddMmoStorage(new StorageSettings { Database = settings.Database, Path = settings.StoragePath })
            .AddMmoGrains(settings, wanted)
            .AddDashboard());
        builder.AddListeners(settings, ports);
        builder.Services.AddTelemetry();
        foreach (var add in additions)
            add(builder.Services);
        // After Orleans and the gateway: what is registered last stops first.
        builder.Services.AddSingleton<MapTargets>().AddSingleton<MapMover>().AddHostedService<Drain>();
        return Finish(builder.Build(), settings, ports);
    }

    private static void AddListeners(this WebApplicationBuilder builder, ServerSettings settings, ListenPorts ports)
    {
        if (settings.Listen.HostsGateway)
            builder.AddEmbeddedGateway(settings, ports);
        else
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                HttpPort.Bound(kestrel.Limits, connections: 0);
                kestrel.Listen(settings.Listen.Address, ports.Http, http => http.UseCertificate(settings.Listen.Certificate));
            });
        builder.Services.AddOperatorListener(settings.Dashboard);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(settings.Dashboard.Address, ports.Dashboard));
    }

    private static void AddEmbeddedGateway(this WebApplicationBuilder builder, ServerSettings settings, ListenPorts ports)
    {
        var options = settings.ToGatewayOptions(ClusterHosting.SiloNameOf(settings.Cluster, ports));
        (options.GamePort, options.HttpPort) = (ports.Game, ports.Http);
        builder.Services.AddGateway(options);
    }

    private static WebApplication Finish(WebApplication app, ServerSettings settings, ListenPorts ports)
    {
        app.KeepRoutesToTheirPorts(ports);
        app.GuardOperatorListener(ports);
        app.UseMetrics(() => ports.Dashboard);
        if (settings.Listen.HostsGateway)
            app.MapGateway();
        app.MapHealth();
        app.MapOperatorListener();
        return app;
    }
}
