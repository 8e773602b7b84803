using System.Text.Json;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;

namespace MmoOrleans.Silo.Admin;

/// <summary>
/// GET /admin/servers and /admin/memory, POST /admin/memory, /admin/announce, /admin/kick, /admin/mute, /admin/level, /admin/ban, /admin/move and /admin/spread. Bodies are JSON and must say so: a page of
/// another site cannot send that content type without asking first.
/// </summary>
internal static partial class AdminEndpoints
{
    public static void MapAdmin(this WebApplication app)
    {
        var admin = app.MapGroup("/admin");
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(AdminEndpoints));
        admin.AddEndpointFilter((context, next) => Unanswered(context, next, log));
        admin.MapGet("/servers", (IGrainFactory grains) => grains.GetGrain<ICentralGrain>(GrainKeys.Central).GetState());
        admin.MapGet("/memory", () => MemoryReport.Now());
        admin.MapPost("/memory", (CollectRequest _) => MemoryReport.AfterCollection());
        admin.MapPost("/announce", async (AnnounceRequest request, AdminActions actions) => Answer(await actions.Announce(request.Text)));
        admin.MapPost("/kick", async (KickRequest request, AdminActions actions) => Answer(await actions.Kick(request.Account, request.Character, request.Reason)));
        admin.MapPost("/mute", async (MuteRequest request, AdminActions actions) => Answer(await actions.Mute(request.Account, request.Character, request.Minutes)));
        admin.MapPost("/level", async (LevelRequest request, AdminActions actions) => Answer(await actions.SetLevel(request.Account, request.Level)));
        admin.MapPost("/ban", async (BanRequest request, AdminActions actions) => Answer(await actions.Ban(request.Account, request.Until)));
        admin.MapPost("/move", async (MoveRequest request, MapActions actions) => Answer(await actions.Move(request.Map, request.Silo)));
        admin.MapPost("/spread", async (SpreadRequest _, MapActions actions, CancellationToken aborted) => Answer(await actions.Spread(aborted)));
    }

    /// <summary>Has a request answered; one that cannot be read is told what is wrong with it.</summary>
    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status415UnsupportedMediaType, HasStarted: false })
                await Refuse(context, context.Response.StatusCode, "The body is JSON and has to say so: Content-Type: application/json.");
        }
        catch (BadHttpRequestException unreadable) when (!context.Response.HasStarted)
        {
            await Refuse(context, unreadable.StatusCode, SentenceOf(unreadable));
        }
    }

    /// <summary>The shape of every refusal: <c>{"done":false,"reason":"..."}</c>.</summary>
    public static Task Refuse(HttpContext context, int status, string sentence) => Refusal(status, sentence).ExecuteAsync(context);

    /// <summary>A call that fails: a grain or its storage did not answer.</summary>
    private static async ValueTask<object?> Unanswered(EndpointFilterInvocationContext context, EndpointFilterDelegate next, ILogger log)
    {
        try
        {
            return await next(context);
        }
        catch (Exception failure) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            LogUnanswered(log, failure, context.HttpContext.Request.Path);
            return Refusal(StatusCodes.Status503ServiceUnavailable, "The cluster did not answer: whether anything was done is not known. This silo's log says more.");
        }
    }

    private static IResult Answer(AdminAnswer answer) => answer switch
    {
        AdminAnswer.Done => Results.Ok(new { done = true }),
        AdminAnswer.Moved moved => Results.Ok(new { done = true, moved = moved.Maps }),
        AdminAnswer.NotFound missing => Refusal(StatusCodes.Status404NotFound, missing.Sentence),
        AdminAnswer.Refused refused => Refusal(StatusCodes.Status400BadRequest, refused.Sentence),
        AdminAnswer.Failed failed => Refusal(StatusCodes.Status503ServiceUnavailable, failed.Sentence),
        _ => throw new InvalidOperationException($"No way to answer {answer}."),
    };

    private static IResult Refusal(int status, string sentence) => Results.Json(new { done = false, reason = sentence }, statusCode: status);

    private static string SentenceOf(BadHttpRequestException unreadable) => unreadable.InnerException is JsonException broken
        ? $"The body is not the JSON that was expected: {broken.Message}"
        : unreadable.Message;

    [LoggerMessage(3028, LogLevel.Error, "An operator's call of {Path} was not answered by the cluster")]
    private static partial void LogUnanswered(ILogger log, Exception failure, string path);
}

/// <summary>Nothing to say: collect, then tell.</summary>
internal sealed record CollectRequest;

/// <summary>A line that everybody hears.</summary>
internal sealed record AnnounceRequest(string? Text);

/// <summary>Whom to disconnect: an account's name, or a character's.</summary>
internal sealed record KickRequest(string? Account, string? Character, string? Reason);

/// <summary>Which account to silence, by its name or a character's, and for how long; 0 lifts the mute.</summary>
internal sealed record MuteRequest(string? Account, string? Character, double? Minutes);

/// <summary>Whose level to set, 0 to 255.</summary>
internal sealed record LevelRequest(string? Account, int? Level);

/// <summary>Whom to keep out, and until when; a past time lifts the ban.</summary>
internal sealed record BanRequest(string? Account, DateTimeOffset? Until);

/// <summary>Which map, CHANNEL/MAP, goes to which silo.</summary>
internal sealed record MoveRequest(string? Map, string? Silo);

/// <summary>Nothing to say: maps go where there is room.</summary>
internal sealed record SpreadRequest;
