package io.kriya.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a request passes through. A stack belongs to the part of its innermost frame that has one. A binary's stack may end at a
 * system call of the C library, which keeps no frame pointer.
 */
enum Part {
    SYSTEM_CALLS("system calls of sockets", "SocketDispatcher|EPoll|EventFD|tcp_|sock_|do_epoll"),
    ACCESS_LOG("access log", "AccessLog[._]end|AccessLog[BF]|Access(Line|Formatter)|LoggedPath|pipe_write"),
    METRICS("metrics", "RequestMetrics|(Composite|Prometheus)(Counter|Timer)|CumulativeTimer"),
    REQUEST_ID("request id, default headers", "AccessLog(\\$\\$L\\w+)?[._]|MDC"),
    API_KEY("API key", "RequiresApiKey|ApiKeys"),
    JSON_IN("JSON in", "RequestDeserializeHandler|BodyReader|JsonReader"),
    JSON_OUT("JSON out", "ObjectWriter|UTF8JsonGenerator|BeanSerializer"),
    DATABASE("database", "TokenLookup|TokenQuer|postgresql|agroal|ConnectionHandler|NioSocketImpl"),
    HIBERNATE("Hibernate, transactions", "hibernate\\.(?!validator)|arjuna"),
    TOKEN("hash of the token, token cache", "TokenSecret|Tokens|TokenCache|TokenUses|BoundedLocalCache"),
    LOGIN("codes, limits, users, devices", "kriya\\.(account|challenge|database|device|limit|signin)\\."),
    REQUEST_SCOPE("request scope of CDI", "CurrentManagedContext|requireCDIRequestScope|ArcThreadSetupAction"),
    VERTX_WEB("filters and routes", "RoutingContext|RouteState|RouterImpl|RouteImpl|GracefulShutdown|CORSFilter"),
    REST(
            "Quarkus REST",
            "resteasy|ResteasyReactive|RestInitialHandler|RequestMapper|PathMatcher|ServerSerialisers|MediaType"),
    NETTY(
            "Netty, Vert.x",
            "netty|vertx\\.core|Http1x|HttpObject|Channel|NioEventLoop|ByteToMessage|VertxHandler"
                    + "|HeadersMultiMap|ByteBuf|ConnectionBase|ContextImpl|InboundBuffer"),
    GARBAGE("garbage collector", "GCImpl|ThreadLocalAllocation|VMThread|VM_Operation|DefNewGeneration|SerialHeap"),
    COMPILER("compiler", "CompileBroker|C2Compiler|Compile::"),
    THREADS(
            "virtual threads",
            "VirtualThread|vm\\.Continuation|cont_(thaw|freeze)|DelayScheduler|ForkJoin|Poller|futex"),
    OTHER("other", "(?!)");

    /** What tables call it. */
    final String title;

    private final Pattern frames;

    Part(String title, String frames) {
        this.title = title;
        this.frames = Pattern.compile("(^|[.$\\w])(" + frames + ")");
    }

    static Part of(List<String> stack) {
        for (String frame : stack.reversed()) {
            for (Part part : values()) {
                if (part.frames.matcher(frame).find()) {
                    return part;
                }
            }
        }
        return OTHER;
    }
}
