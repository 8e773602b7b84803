using Microsoft.AspNetCore.Http.Features;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// Puts <see cref="WebSocketMeter"/> below a WebSocket. .NET answers pings and skips empty parts inside of it, where no limit of
/// ours sees them; on the bytes below they can be counted.
/// </summary>
internal sealed class MeteredUpgrade(IHttpUpgradeFeature upgrade, GatewayOptions options, TimeProvider time) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <summary>What was put below the WebSocket, once there is one.</summary>
    public MeteredStream? Stream { get; private set; }

    public async Task<Stream> UpgradeAsync() =>
        Stream = new MeteredStream(await upgrade.UpgradeAsync(), new WebSocketMeter(options.Limits, time));

    /// <summary>Before UseWebSockets, which takes the feature as it finds it.</summary>
    public static Task Meter(HttpContext context, GatewayOptions options, TimeProvider time, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
            context.Features.Set<IHttpUpgradeFeature>(new MeteredUpgrade(upgrade, options, time));
        return next(context);
    }
}
