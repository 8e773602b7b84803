using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Silo.Hosting;

/// <summary>GET /health: 200 with status, version, maps and players when ready; 503 with the reason until then and while stopping.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this WebApplication app) => app.MapGet("/health", Answer);

    private static IResult Answer(Readiness readiness, ILocalDirectory directory, IHostApplicationLifetime lifetime)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return Unready("the silo stops");
        if (!readiness.IsReady)
            return Unready(readiness.WaitingFor);
        var maps = directory.LocalMaps;
        return Results.Json(new { status = "ready", version = ServerInstance.Version, maps = maps.Count, players = maps.Sum(map => map.Users) });
    }

    private static IResult Unready(string reason) =>
        Results.Json(new { status = "not ready", version = ServerInstance.Version, reason }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
