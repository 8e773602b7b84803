using MmoOrleans.Gateway.Central;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway;

/// <summary>Health of a gateway of its own: 200 when the cluster answers it, else 503 with the reason.</summary>
internal static class GatewayHealth
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapGatewayHealth(this WebApplication app) => app.MapGet(GatewayHosting.HealthPath, Answer);

    private static async Task Answer(HttpContext context)
    {
        var connections = context.RequestServices.GetRequiredService<ClientConnections>();
        var problem = await ProblemOf(context.RequestServices);
        context.Response.StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsJsonAsync(new
        {
            status = problem is null ? "ready" : "not ready",
            reason = problem ?? "",
            version = ServerInstance.Version,
            connections = connections.Count,
        });
    }

    private static async Task<string?> ProblemOf(IServiceProvider services)
    {
        try
        {
            await services.GetRequiredService<ChannelStates>().Ask().WaitAsync(Patience);
            return null;
        }
        catch (Exception exception)
        {
            // The port is public: what exactly is wrong is for the log.
            GatewayLog.HealthUnanswered(services.GetRequiredService<ILogger<ClientConnections>>(), exception.Message);
            return "the cluster does not answer";
        }
    }
}
