using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Silo.Hosting;
using Orleans.Dashboard;

namespace MmoOrleans.Silo.Admin;

/// <summary>The dashboard and the admin calls: one listener, loopback unless configured otherwise, behind <see cref="OperatorAccess"/>.</summary>
internal static class OperatorListener
{
    public static void AddOperatorListener(this IServiceCollection services, DashboardSettings settings)
    {
        services.AddSingleton(new OperatorAccess(settings));
        services.AddSingleton<AdminActions>().AddSingleton<MapActions>();
        // In every environment the same: what cannot be read is thrown, and answered with a sentence below.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        // The trace streams the server's log to whoever looks: logs have their own places.
        services.Configure<DashboardOptions>(options => options.HideTrace = true);
    }

    public static void GuardOperatorListener(this WebApplication app, ListenPorts ports)
    {
        var access = app.Services.GetRequiredService<OperatorAccess>();
        app.Use((context, next) =>
        {
            if (context.Connection.LocalPort != ports.Dashboard)
                return next(context);
            return access.Allows(context.Request) ? AdminEndpoints.Answer(context, next) : access.Refuse(context);
        });
    }

    public static void MapOperatorListener(this WebApplication app)
    {
        app.MapAdmin();
        app.MapOrleansDashboard();
    }
}
