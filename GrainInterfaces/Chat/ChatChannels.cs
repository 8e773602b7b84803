namespace MmoOrleans.GrainInterfaces.Chat;

/// <summary>Channels by their own names, from which <see cref="GrainKeys.Chat"/> makes the grain's key.</summary>
public static class ChatChannels
{
    /// <summary>The channel that everybody hears, the Chat Server; its grain is <c>chat:global</c>.</summary>
    public const string Global = "global";
}
