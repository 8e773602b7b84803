namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// Keeps what belongs to operators off the port that is open to the world: the web server shares one set of routes between its
/// listeners, and this lets a request reach only the routes of the listener it came in by. It looks at the socket, not at the
/// Host header, which the sender writes.
/// </summary>
internal static class ServedPorts
{
    private static readonly string[] Public = ["/ws", "/health"];

    public static void KeepRoutesToTheirPorts(this WebApplication app, ListenPorts ports) => app.Use((context, next) =>
    {
        var isPublic = Array.Exists(Public, path => context.Request.Path.StartsWithSegments(path));
        var expected = isPublic ? ports.Http : ports.Dashboard;
        if (context.Connection.LocalPort == expected)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
