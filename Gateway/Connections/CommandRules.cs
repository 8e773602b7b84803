using MmoOrleans.GrainInterfaces;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Gateway.Connections;

/// <summary>Which command is welcome in which state, and which are handled at once instead of one after another.</summary>
internal static class CommandRules
{
    /// <summary>These need no grain and never wait behind a request that does.</summary>
    public static bool IsInline(Command command) => command is Command.Hello or Command.Move or Command.Ping or Command.Pong;

    /// <summary>Why the command is refused in this state; null when it is welcome.</summary>
    public static RefusalCode? Refuse(Command command, ConnectionState state) => command switch
    {
        Command.None => RefusalCode.InvalidMessage,
        Command.Ping or Command.Pong or Command.ListChannels => null,
        Command.Hello => RefuseUnless(state == ConnectionState.Connected, RefusalCode.InvalidState),
        Command.Register => RefuseUnless(state < ConnectionState.InMap, RefusalCode.InvalidState),
        Command.Login => RefuseUnless(state == ConnectionState.Greeted, RefusalCode.AlreadyLoggedIn),
        Command.EnterMap => RefuseUnless(state != ConnectionState.InMap, RefusalCode.InvalidState),
        // Its handler tells who is on the way between two maps from who is on none.
        Command.Say => RefuseUnless(state >= ConnectionState.Authenticated, RefusalCode.AppNotReady),
        Command.ClientReady or Command.Move or Command.Game or Command.LeaveMap =>
            RefuseUnless(state == ConnectionState.InMap, RefusalCode.AppNotReady),
        _ => RefuseBeyondCharacterList(state),
    };

    private static RefusalCode? RefuseBeyondCharacterList(ConnectionState state) => state switch
    {
        ConnectionState.Authenticated => null,
        ConnectionState.InMap => RefusalCode.InvalidState,
        _ => RefusalCode.NotLoggedIn,
    };

    private static RefusalCode? RefuseUnless(bool isWelcome, RefusalCode code) => isWelcome ? null : code;
}
