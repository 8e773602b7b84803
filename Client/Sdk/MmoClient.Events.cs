using System.Diagnostics;
using System.Numerics;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Chat;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk;

// Everything that happens by itself, and the one place where handlers are called.
public sealed partial class MmoClient
{
    /// <summary>A connection to Central is open and has said hello.</summary>
    public event Action<ServerEndpoint>? CentralConnected;

    /// <summary>The connection to Central ended.</summary>
    public event Action<DisconnectReason>? CentralDisconnected;

    /// <summary>After CentralDisconnected: nothing will connect to Central by itself, except leaving a map.</summary>
    public event Action? CentralStopped;

    /// <summary>A connection to a map is open and has said hello; the character is not on the map yet.</summary>
    public event Action<ServerEndpoint>? MapConnected;

    /// <summary>The connection to the map ended. A warp or a resume may follow by itself; else MapStopped does.</summary>
    public event Action<DisconnectReason>? MapDisconnected;

    /// <summary>The time on maps is over, for this reason: the player left, was kicked, or could not come back.</summary>
    public event Action<DisconnectReason>? MapStopped;

    /// <summary>The own character stands on a map: after entering, after a warp, after a resume.</summary>
    public event Action<MapVisit>? Spawned;

    /// <summary>A lost connection was replaced and the character plays on.</summary>
    public event Action<MapVisit>? Resumed;

    /// <summary>The character now lives on another map; the client goes there.</summary>
    public event Action<MapConnection>? Warping;

    /// <summary>The character stands on the other map.</summary>
    public event Action<MapVisit>? Warped;

    /// <summary>A warp did not happen.</summary>
    public event Action<WarpRefusal>? WarpRefused;

    /// <summary>The character was moved within the map, to this position in metres.</summary>
    public event Action<Vector3>? Teleported;

    /// <summary>The server did not follow a move.</summary>
    public event Action<Correction>? Corrected;

    /// <summary>Something came into view.</summary>
    public event Action<Entity>? Entered;

    /// <summary>Something in view moved or changed.</summary>
    public event Action<Entity>? Moved;

    /// <summary>Something left the view, or the client left the map.</summary>
    public event Action<Entity>? Left;

    /// <summary>A frame of the map was applied; after the events it caused.</summary>
    public event Action<MapFrame>? FrameApplied;

    /// <summary>Somebody said something.</summary>
    public event Action<ChatLine>? Heard;

    /// <summary>Lines were missed that the server no longer has.</summary>
    public event Action<ChatSkipped>? ChatSkipped;

    /// <summary>A message of the game's own.</summary>
    public event Action<GameMessage>? GameReceived;

    /// <summary>A message of the game's own that this client sent was refused.</summary>
    public event Action<Refused>? GameRefused;

    /// <summary>The server ended the connection for good: another login, a kick, a ban. Before the disconnected event.</summary>
    public event Action<DisconnectReason>? Kicked;

    /// <summary>A handler of any of these events, or LoadMap during a warp, threw. Without a handler here it goes to <see cref="Trace"/>. The client lives on.</summary>
    public event Action<Exception>? UnhandledHandlerException;

    private void Raise(Action? handlers)
    {
        if (handlers is not null) RaiseEach(handlers, static (handler, _) => ((Action)handler)(), 0);
    }

    private void Raise<T>(Action<T>? handlers, T news)
    {
        if (handlers is not null) RaiseEach(handlers, static (handler, news) => ((Action<T>)handler)(news), news);
    }

    // One handler that throws neither keeps the others from hearing nor ends the connection.
    private void RaiseEach<T>(Delegate handlers, Action<Delegate, T> call, T news) => _loop.Outward(() =>
    {
        foreach (var handler in handlers.GetInvocationList())
        {
            try
            {
                call(handler, news);
            }
            catch (Exception thrown)
            {
                Report(thrown);
            }
        }
    });

    private void Report(Exception thrown)
    {
        try
        {
            if (UnhandledHandlerException is { } listeners) listeners(thrown);
            else Trace.TraceError(thrown.ToString());
        }
        catch (Exception again)
        {
            Trace.TraceError(again.ToString());
        }
    }
}
