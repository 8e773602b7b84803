using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Central;
using MmoOrleans.Gateway.Characters;
using MmoOrleans.Gateway.Chat;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Maps;

namespace MmoOrleans.Gateway;

/// <summary>
/// Puts a gateway into a host: a silo, or a process of its own that is an Orleans client. Both call the same; nothing in here
/// asks which it is.
/// </summary>
public static class GatewayHosting
{
    /// <summary>Where the WebSocket is on the HTTP port.</summary>
    public const string WebSocketPath = "/ws";

    /// <summary>Where a host answers for its health on the HTTP port.</summary>
    public const string HealthPath = "/health";

    /// <summary>
    /// Adds the gateway and its two ports. The host brings Orleans (an <see cref="IGrainFactory"/>) and, with
    /// <see cref="MapGateway"/>, the WebSocket's path. When the host stops, clients are told first.
    /// </summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddMetrics().AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GatewayListeners>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => provider.GetRequiredService<GatewayListeners>());
        services.Configure<SocketTransportOptions>(GatewayListeners.Configure);
        services.AddSingleton<GatewayMetrics>();
        services.AddHostedService<GameListener>();
        services.AddHostedService<GatewayClosing>();
        services.AddHostedService<GatewayAnnouncer>();
        services.AddHostedService<ConnectionCheckUps>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionRenewals>());
        return services.AddConnections().AddAccounts().AddCharacters().AddMaps();
    }

    /// <summary>The gateway's part of a host's settings.</summary>
    public static GatewayOptions ToGatewayOptions(this ServerSettings settings, string siloName) => new()
    {
        ListenAddress = settings.Listen.Address,
        GamePort = settings.Listen.GamePort,
        GamePortKey = settings.Listen.GamePortKey,
        HttpPort = settings.Listen.HttpPort,
        UseWebSocket = settings.Listen.UseWebSocket,
        PublicAddress = settings.Listen.PublicAddress,
        SiloName = siloName,
        Certificate = settings.Listen.Certificate,
        GameCertificate = settings.Listen.GameCertificate,
        WebSocketOrigins = settings.Listen.WebSocketOrigins,
        MaxConnections = settings.Listen.MaxConnections,
        MaxConnectionsPerAddress = settings.Listen.MaxConnectionsPerAddress,
        LoginFailuresPerMinutePerAddress = settings.Listen.LoginFailuresPerMinutePerAddress,
        RegistrationsPerMinutePerAddress = settings.Listen.RegistrationsPerMinutePerAddress,
        RegistrationsPerDayPerAddress = settings.Listen.RegistrationsPerDayPerAddress,
        Accounts = new() { RequireEmail = settings.Accounts.RequireEmail, ReservedNames = settings.Accounts.ReservedNames },
    };

    /// <summary>Maps the WebSocket.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<GatewayOptions>();
        if (!options.UseWebSocket)
            return app;
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use((context, next) => MeteredUpgrade.Meter(context, options, time, next));
        app.UseWebSockets(WebSocketOptionsFor(options));
        var endpoint = app.Services.GetRequiredService<WebSocketEndpoint>();
        app.Map(WebSocketPath, endpoint.Serve);
        return app;
    }

    private static WebSocketOptions WebSocketOptionsFor(GatewayOptions options)
    {
        var webSockets = new WebSocketOptions();
        foreach (var origin in options.WebSocketOrigins)
            webSockets.AllowedOrigins.Add(origin);
        return webSockets;
    }

    private static IServiceCollection AddConnections(this IServiceCollection services) => services
        .AddSingleton<ClientConnections>()
        .AddSingleton<OtherGateways>()
        .AddSingleton<ConnectionSurroundings>()
        .AddSingleton<TurningAway>()
        .AddSingleton<ConnectionAcceptor>()
        .AddSingleton<WebSocketEndpoint>()
        .AddSingleton<MessageRouter>()
        .AddSingleton<HelloHandler>()
        .AddSingleton<PingHandler>();

    private static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<GatewayObserver>()
        .AddSingleton<Sessions>()
        .AddSingleton<SessionRenewals>()
        .AddSingleton<Departures>()
        .AddSingleton<LoginFailures>()
        .AddSingleton<RegistrationLimits>()
        .AddSingleton<HashingShares>()
        .AddSingleton<RegisterHandler>()
        .AddSingleton<LoginHandler>()
        .AddSingleton<LogoutHandler>();

    private static IServiceCollection AddCharacters(this IServiceCollection services) => services
        .AddSingleton<ChannelStates>()
        .AddSingleton<ListChannelsHandler>()
        .AddSingleton<ListCharactersHandler>()
        .AddSingleton<CreateCharacterHandler>()
        .AddSingleton<DeleteCharacterHandler>()
        .AddSingleton<SelectCharacterHandler>();

    private static IServiceCollection AddMaps(this IServiceCollection services) => services
        .AddSingleton<MapFeeds>()
        .AddSingleton<MapEntrance>()
        .AddSingleton<EnterMapHandler>()
        .AddSingleton<ClientReadyHandler>()
        .AddSingleton<MoveHandler>()
        .AddSingleton<GameHandler>()
        .AddSingleton<LeaveMapHandler>()
        .AddSingleton<SayHandler>();
}
